//! What becomes of each file of a generated crate.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use codegen::{GENERATED_MARK, SLICE_DOCUMENT, generated_part};

use super::record::{Record, digest};
use crate::paths::shown;

/// What is to be done to a crate's folder, and what stands in the way.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) write: Vec<(PathBuf, String)>,
    pub(super) remove: Vec<PathBuf>,
    /// Files whose generated part their user has taken over.
    pub(super) kept: Vec<PathBuf>,
    /// Files that were generated and then edited.
    pub(super) edited: Vec<PathBuf>,
    /// Those of them that are overwritten or removed all the same, by the user's word.
    pub(super) overwritten: Vec<PathBuf>,
    /// Files that were never generated, in the place of one that is to be.
    pub(super) foreign: Vec<PathBuf>,
    /// The digests of the new files and parts, for the record.
    pub(super) files: BTreeMap<String, String>,
    pub(super) parts: BTreeMap<String, String>,
}

impl Plan {
    /// A file is replaced or removed only if the record proves that it is as it was generated; with
    /// `force`, also if it was edited since, but not if it was replaced by one that is no generated file.
    pub(super) fn of(
        folder: &Path,
        files: &BTreeMap<String, String>,
        parts: &BTreeMap<String, String>,
        last: &Record,
        force: bool,
    ) -> Result<Self> {
        let mut plan = Self::default();
        for (name, text) in files {
            let path = folder.join(name);
            plan.files.insert(name.clone(), digest(text));
            let Some(old) = bytes_of(&path)? else {
                plan.write.push((path, text.clone()));
                continue;
            };
            let old = String::from_utf8_lossy(&old);
            match State::of(&old, text, last.files.get(name)) {
                State::Same => {}
                State::Own => plan.write.push((path, text.clone())),
                // A run that was killed has left it, or an edit.
                State::Edited | State::Foreign if force && is_generated(name, &old) => {
                    plan.overwritten.push(path.clone());
                    plan.write.push((path, text.clone()));
                }
                State::Edited if force => plan.foreign.push(path),
                State::Edited => plan.edited.push(path),
                State::Foreign => plan.foreign.push(path),
            }
        }
        for (name, whole) in parts {
            plan.part(folder.join(name), name, whole, last, force)?;
        }
        for (name, known) in &last.files {
            let path = folder.join(name);
            if files.contains_key(name) {
                continue;
            }
            let Some(old) = bytes_of(&path)? else {
                continue;
            };
            let old = String::from_utf8_lossy(&old);
            match digest(&old) == *known {
                true => plan.remove.push(path),
                false if force && is_generated(name, &old) => {
                    plan.overwritten.push(path.clone());
                    plan.remove.push(path);
                }
                // Nothing is to be written here: what stands here now can stay.
                false if force => {}
                false => plan.edited.push(path),
            }
        }
        Ok(plan)
    }

    /// Plans for a file of which only a part is generated.
    fn part(
        &mut self,
        path: PathBuf,
        name: &str,
        whole: &str,
        last: &Record,
        force: bool,
    ) -> Result<()> {
        let part = generated_part(whole).map_or("", |range| &whole[range]);
        let old = text_of(&path)?;
        let place = old.as_ref().map(|old| generated_part(old));
        match (old, place) {
            (Some(_), Some(None)) => {
                self.kept.push(path);
                return Ok(());
            }
            (Some(mut old), Some(Some(range))) => {
                match State::of(&old[range.clone()], part, last.parts.get(name)) {
                    State::Same => {}
                    // The marks say whose it is, whether the record knows of it or not.
                    State::Edited | State::Foreign if !force => self.edited.push(path),
                    state => {
                        if !matches!(state, State::Own) {
                            self.overwritten.push(path.clone());
                        }
                        let line_end = if old.contains("\r\n") { "\r\n" } else { "\n" };
                        old.replace_range(range, &part.replace('\n', line_end));
                        self.write.push((path, old));
                    }
                }
            }
            _ => self.write.push((path, whole.to_owned())),
        }
        self.parts.insert(name.to_owned(), digest(part));
        Ok(())
    }
}

/// What a text in the place of a generated one is.
enum State {
    /// What is generated now.
    Same,
    /// What was generated last.
    Own,
    Edited,
    Foreign,
}

impl State {
    fn of(old: &str, new: &str, last: Option<&String>) -> Self {
        let (old, new) = (digest(old), digest(new));
        match last {
            _ if old == new => Self::Same,
            Some(last) if *last == old => Self::Own,
            Some(_) => Self::Edited,
            None => Self::Foreign,
        }
    }
}

/// Whether an edited file still says that it was generated. A document has no place to say so.
fn is_generated(name: &str, text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    name == SLICE_DOCUMENT || first.contains(GENERATED_MARK)
}

/// The text of a file; `None` if there is no such file. What is not UTF-8 could not be written back as it
/// was.
pub(super) fn text_of(path: &Path) -> Result<Option<String>> {
    let Some(bytes) = bytes_of(path)? else {
        return Ok(None);
    };
    let text = String::from_utf8(bytes).with_context(|| {
        format!(
            "{} is not UTF-8: save it as such, and run the command again",
            shown(path)
        )
    })?;
    Ok(Some(text))
}

fn bytes_of(path: &Path) -> Result<Option<Vec<u8>>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound && !path.is_symlink() => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", shown(path))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with two generated files, one with a generated part, and one of the user's.
    struct Folder {
        folder: tempfile::TempDir,
        last: Record,
    }

    const HEAD: &str = "// @generated by `cargo xtask regen --slice`.\n";
    const PART: &str = "# regen: begin\nold\n# regen: end\n";

    impl Folder {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let texts: [(&str, &str); 4] = [
                ("a.rs", &format!("{HEAD}old\n")),
                ("gone.rs", &format!("{HEAD}old\n")),
                ("part.md", &format!("mine\n{PART}mine too\n")),
                ("own.rs", "mine\n"),
            ];
            for (name, text) in texts {
                std::fs::write(folder.path().join(name), text).unwrap();
            }
            let old = |name: &str| (name.to_owned(), digest(&format!("{HEAD}old\n")));
            let last = Record {
                files: [old("a.rs"), old("gone.rs")].into(),
                parts: [("part.md".to_owned(), digest(PART))].into(),
                ..Record::default()
            };
            Self { folder, last }
        }

        fn at(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        fn edit(&self, name: &str, text: &str) {
            std::fs::write(self.at(name), text).unwrap();
        }

        /// The plan for new texts in the places of `a.rs`, of `part.md` and of `more`.
        fn plan(&self, more: &[&str], force: bool) -> Plan {
            let new = |name: &&str| ((*name).to_owned(), "new\n".to_owned());
            let mut files: BTreeMap<_, _> = more.iter().map(new).collect();
            files.extend([new(&"a.rs")]);
            let part = PART.replace("old", "new");
            let parts = [("part.md".to_owned(), format!("seed\n{part}"))].into();
            Plan::of(self.folder.path(), &files, &parts, &self.last, force).unwrap()
        }

        fn written(&self, plan: &Plan, name: &str) -> Option<String> {
            let mut found = plan.write.iter();
            let (_, text) = found.find(|(path, _)| *path == self.at(name))?;
            Some(text.clone())
        }
    }

    #[test]
    fn what_is_as_it_was_generated_is_replaced_or_removed() {
        let folder = Folder::new();
        let plan = folder.plan(&["b.rs"], false);
        assert_eq!(folder.written(&plan, "a.rs").unwrap(), "new\n");
        assert_eq!(folder.written(&plan, "b.rs").unwrap(), "new\n");
        let part = folder.written(&plan, "part.md").unwrap();
        assert_eq!(
            part,
            format!("mine\n{}mine too\n", PART.replace("old", "new"))
        );
        assert_eq!(plan.remove, [folder.at("gone.rs")]);
        assert!(plan.edited.is_empty() && plan.foreign.is_empty() && plan.kept.is_empty());
        assert_eq!(plan.write.len(), 3);
    }

    #[test]
    fn what_was_edited_stands_in_the_way_unless_forced() {
        for name in ["a.rs", "gone.rs"] {
            let folder = Folder::new();
            folder.edit(name, &format!("{HEAD}edited\n"));
            let plan = folder.plan(&[], false);
            assert_eq!(plan.edited, [folder.at(name)]);
            assert_eq!(folder.written(&plan, name), None);
            assert!(!plan.remove.contains(&folder.at(name)));
            let forced = folder.plan(&[], true);
            assert!(forced.edited.is_empty());
            assert_eq!(forced.overwritten, [folder.at(name)]);
            let is_done =
                folder.written(&forced, name).is_some() || forced.remove.contains(&folder.at(name));
            assert!(is_done, "{name}");
        }
    }

    #[test]
    fn a_users_file_in_the_place_of_a_generated_one_is_never_lost() {
        let folder = Folder::new();
        folder.edit("a.rs", "mine\n");
        folder.edit("gone.rs", "mine\n");
        let plan = folder.plan(&[], false);
        assert_eq!(plan.edited, [folder.at("a.rs"), folder.at("gone.rs")]);
        let forced = folder.plan(&[], true);
        assert_eq!(forced.foreign, [folder.at("a.rs")]);
        assert_eq!(forced.remove, Vec::<PathBuf>::new());
        assert_eq!(folder.written(&forced, "a.rs"), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_nowhere_is_not_replaced() {
        let folder = Folder::new();
        std::os::unix::fs::symlink("nowhere", folder.at("link.md")).unwrap();
        let error = text_of(&folder.at("link.md")).unwrap_err().to_string();
        assert!(error.contains("cannot read"), "{error}");
    }

    #[test]
    fn a_part_in_a_file_that_is_not_utf_8_is_not_written() {
        let folder = Folder::new();
        std::fs::write(
            folder.at("part.md"),
            [PART.as_bytes(), b"caf\xe9\n"].concat(),
        )
        .unwrap();
        let error = text_of(&folder.at("part.md")).unwrap_err();
        assert!(error.to_string().contains("is not UTF-8"), "{error}");
    }

    #[test]
    fn an_edited_part_stands_in_the_way_unless_forced() {
        let folder = Folder::new();
        folder.edit(
            "part.md",
            &format!("mine\n{}", PART.replace("old", "edited")),
        );
        assert_eq!(folder.plan(&[], false).edited, [folder.at("part.md")]);
        let forced = folder.plan(&[], true);
        let text = folder.written(&forced, "part.md").unwrap();
        assert_eq!(text, format!("mine\n{}", PART.replace("old", "new")));
    }

    #[test]
    fn a_part_without_its_marks_is_its_users() {
        let folder = Folder::new();
        folder.edit("part.md", "all mine\n");
        for force in [false, true] {
            let plan = folder.plan(&[], force);
            assert_eq!(plan.kept, [folder.at("part.md")]);
            assert_eq!(folder.written(&plan, "part.md"), None);
            assert!(plan.parts.is_empty());
        }
    }

    #[test]
    fn a_file_that_was_never_generated_is_never_overwritten() {
        let folder = Folder::new();
        for force in [false, true] {
            let plan = folder.plan(&["own.rs"], force);
            assert_eq!(plan.foreign, [folder.at("own.rs")]);
            assert_eq!(folder.written(&plan, "own.rs"), None);
        }
    }

    #[test]
    fn what_is_new_already_is_left_alone() {
        let folder = Folder::new();
        folder.edit("a.rs", "new\r\n");
        let plan = folder.plan(&[], false);
        assert_eq!(folder.written(&plan, "a.rs"), None);
        assert!(plan.edited.is_empty());
    }

    #[test]
    fn a_checkout_with_other_line_ends_is_not_edited() {
        let folder = Folder::new();
        folder.edit("a.rs", &format!("{HEAD}old\n").replace('\n', "\r\n"));
        let text = format!("mine\n{PART}").replace('\n', "\r\n");
        folder.edit("part.md", &text);
        let plan = folder.plan(&[], false);
        assert!(plan.edited.is_empty());
        assert!(folder.written(&plan, "a.rs").is_some());
        let part = folder.written(&plan, "part.md").unwrap();
        assert_eq!(part, text.replace("old", "new"));
    }
}
