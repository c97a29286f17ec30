//! The only place that writes into the tree: all of a set of files, or none.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::{fs, io};

use anyhow::{Context, Result};
use tempfile::NamedTempFile;

use crate::paths::shown;

/// Files to be written together.
#[derive(Debug, Default)]
pub(crate) struct FileSet {
    files: Vec<(PathBuf, String)>,
    surplus: Vec<PathBuf>,
    last: Vec<(PathBuf, String)>,
}

impl FileSet {
    /// Adds a file with its text.
    pub(crate) fn add(&mut self, path: PathBuf, text: String) {
        self.files.push((path, text));
    }

    /// Adds a file that says of the others what they are: it is written behind them and behind what is
    /// removed, so that a run which is killed leaves the old one.
    pub(crate) fn add_last(&mut self, path: PathBuf, text: String) {
        self.last.push((path, text));
    }

    /// Removes a file.
    pub(crate) fn remove(&mut self, path: PathBuf) {
        self.surplus.push(path);
    }

    /// Removes the files below `directory` that were generated once and are not among those added. A
    /// file whose first line does not say `@generated` stays.
    pub(crate) fn own(&mut self, directory: &Path) -> Result<()> {
        for path in files_below(directory)? {
            let is_added = self.files.iter().any(|(added, _)| *added == path);
            if !is_added && first_line(&path)?.contains("@generated") {
                self.surplus.push(path);
            }
        }
        Ok(())
    }

    /// Writes every file beside its target, and only when all are written, moves them into place.
    /// On an error the tree is as it was.
    pub(crate) fn commit(self) -> Result<()> {
        let mut made = Vec::new();
        let staged = stage_all(&self.files, &mut made)
            .and_then(|files| Ok((files, stage_all(&self.last, &mut made)?)));
        let (files, last) = staged.inspect_err(|_| {
            made.iter()
                .rev()
                .for_each(|directory| drop(fs::remove_dir(directory)));
        })?;
        let mut undo = Undo::default();
        let done = replace(files, &mut undo)
            .and_then(|()| {
                self.surplus.iter().try_for_each(|path| {
                    undo.remember(path)
                        .and_then(|()| fs::remove_file(path))
                        .with_context(|| format!("cannot remove {}", shown(path)))
                })
            })
            .and_then(|()| replace(last, &mut undo));
        if done.is_err() {
            undo.run();
        }
        done
    }
}

/// A text that is written, and the place where it goes.
struct Staged {
    path: PathBuf,
    file: NamedTempFile,
}

fn stage_all(files: &[(PathBuf, String)], made: &mut Vec<PathBuf>) -> Result<Vec<Staged>> {
    files
        .iter()
        .map(|(path, text)| {
            stage(path, text, made).with_context(|| format!("cannot write {}", shown(path)))
        })
        .collect()
}

fn replace(staged: Vec<Staged>, undo: &mut Undo) -> Result<()> {
    staged.into_iter().try_for_each(|Staged { path, file }| {
        undo.remember(&path)
            .and_then(|()| file.persist(&path).map_err(|error| error.error).map(drop))
            .with_context(|| format!("cannot replace {}", shown(&path)))
    })
}

/// What stood at the places already replaced.
#[derive(Default)]
struct Undo(Vec<(PathBuf, Option<Before>)>);

/// A file as it was.
struct Before {
    bytes: Vec<u8>,
    permissions: fs::Permissions,
}

impl Undo {
    fn remember(&mut self, path: &Path) -> io::Result<()> {
        let before = match fs::read(path) {
            Ok(bytes) => Some(Before {
                bytes,
                permissions: fs::metadata(path)?.permissions(),
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        self.0.push((path.to_owned(), before));
        Ok(())
    }

    fn run(self) {
        for (path, before) in self.0.into_iter().rev() {
            // The error that led here is the one to tell; there is no better place than the old one.
            let _ = match before {
                Some(Before { bytes, permissions }) => {
                    fs::write(&path, bytes).and_then(|()| fs::set_permissions(&path, permissions))
                }
                None => fs::remove_file(&path),
            };
        }
    }
}

/// The first line of a file, as far as it is text.
pub(crate) fn first_line(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", shown(path)))?;
    let line = bytes.split(|&byte| byte == b'\n').next();
    Ok(String::from_utf8_lossy(line.unwrap_or_default()).into_owned())
}

/// Every file below a directory, in order; none when there is no such directory.
pub(crate) fn files_below(directory: &Path) -> Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read {}", shown(directory)));
        }
    };
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot read {}", shown(directory)))?;
        if entry.file_type()?.is_dir() {
            files.extend(files_below(&entry.path())?);
        } else {
            files.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
}

/// A link stays one: the file that it leads to is replaced.
fn stage(path: &Path, text: &str, made: &mut Vec<PathBuf>) -> io::Result<Staged> {
    let path = match path.is_symlink() {
        true => fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()),
        false => path.to_owned(),
    };
    let directory = path.parent().unwrap_or(Path::new("."));
    make_directories(directory, made)?;
    let mut file = tempfile::Builder::new()
        .prefix(".staged-")
        .tempfile_in(directory)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    match fs::metadata(&path) {
        Ok(before) => file.as_file().set_permissions(before.permissions())?,
        Err(_) => set_mode(&file)?,
    }
    Ok(Staged { path, file })
}

fn make_directories(directory: &Path, made: &mut Vec<PathBuf>) -> io::Result<()> {
    if directory.as_os_str().is_empty() || directory.is_dir() {
        return Ok(());
    }
    if let Some(parent) = directory.parent() {
        make_directories(parent, made)?;
    }
    fs::create_dir(directory)?;
    made.push(directory.to_owned());
    Ok(())
}

/// Temporary files are private to their owner; files of a checkout are not.
#[cfg(unix)]
fn set_mode(file: &NamedTempFile) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.as_file()
        .set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn set_mode(_: &NamedTempFile) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &Path) -> String {
        fs::read_to_string(path).unwrap()
    }

    #[test]
    fn a_set_is_written_and_what_is_surplus_goes() {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        fs::write(at("old.rs"), "// @generated\nold").unwrap();
        fs::write(at("mine.rs"), "mine").unwrap();
        fs::write(at("kept.rs"), "before").unwrap();
        let mut files = FileSet::default();
        files.add(at("kept.rs"), "after".to_owned());
        files.add(at("deep/er/new.rs"), "new".to_owned());
        files.own(directory.path()).unwrap();
        files.commit().unwrap();
        assert_eq!(
            files_below(directory.path()).unwrap(),
            [at("deep/er/new.rs"), at("kept.rs"), at("mine.rs")]
        );
        assert_eq!(
            (read(&at("kept.rs")), read(&at("deep/er/new.rs"))),
            ("after".into(), "new".into())
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_and_modes_stay_what_they_were() {
        use std::os::unix::fs::{PermissionsExt, symlink};

        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        let mode = |name: &str| fs::metadata(at(name)).unwrap().permissions().mode() & 0o777;
        for fails in [false, true] {
            fs::write(at("file"), "before").unwrap();
            fs::set_permissions(at("file"), fs::Permissions::from_mode(0o600)).unwrap();
            let _ = fs::remove_file(at("link"));
            symlink("file", at("link")).unwrap();
            let mut files = FileSet::default();
            files.add(at("link"), "after".to_owned());
            if fails {
                files.remove(at("nothing"));
            }
            assert_eq!(files.commit().is_err(), fails);
            assert!(at("link").is_symlink());
            assert_eq!(mode("file"), 0o600);
            assert_eq!(read(&at("file")), if fails { "before" } else { "after" });
        }
    }

    #[test]
    fn when_one_file_cannot_be_written_none_is() {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        fs::write(at("a"), "before").unwrap();
        fs::write(at("z"), "no directory").unwrap();
        let mut files = FileSet::default();
        files.add(at("a"), "after".to_owned());
        files.add(at("b/c"), "new".to_owned());
        files.add(at("z/d"), "impossible".to_owned());
        files.own(directory.path()).unwrap();
        assert!(format!("{:#}", files.commit().unwrap_err()).contains("cannot write"));
        assert_eq!(files_below(directory.path()).unwrap(), [at("a"), at("z")]);
        assert_eq!(read(&at("a")), "before");
        assert!(!at("b").exists());
    }

    #[test]
    fn when_one_file_cannot_be_moved_into_place_the_others_are_put_back() {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        fs::write(at("a"), "before").unwrap();
        fs::create_dir_all(at("z/full")).unwrap();
        let mut files = FileSet::default();
        files.add(at("a"), "after".to_owned());
        files.add(at("b"), "new".to_owned());
        files.add(at("z"), "a directory stands here".to_owned());
        assert!(format!("{:#}", files.commit().unwrap_err()).contains("cannot replace"));
        assert_eq!(files_below(directory.path()).unwrap(), [at("a")]);
        assert_eq!(read(&at("a")), "before");
    }
}
