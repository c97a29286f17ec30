//! `cargo xtask regen`: the generated files of the workspace.

mod other;
mod second;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use codegen::{Output, Sources, Stage};
use similar::TextDiff;

use crate::paths::{
    DOCUMENT, GENERATED, OVERLAY, SECOND, SECOND_GENERATED, SLICE, in_workspace, read, shown,
};
use crate::progress::Progress;
use crate::report::{Outcome, say, warn};
use crate::write::{FileSet, files_below};
use other::Other;

/// A diff longer than this is left to `git diff`.
const DIFF_LINES: usize = 60;

/// Generate the client from the trimmed document, and the second slice under tests from its own.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Compare with what is there instead of writing
    #[arg(long)]
    check: bool,
    /// Show what differs in each stale file
    #[arg(long, short, requires = "check")]
    verbose: bool,
    /// Generate a crate of its own for this slice of the document given with --from
    #[arg(long, value_name = "FILE", requires_all = ["from", "out"], conflicts_with_all = ["check", "verbose"])]
    slice: Option<PathBuf>,
    #[command(flatten)]
    other: Other,
}

impl Arguments {
    /// Those of `regen --check`.
    pub(crate) fn checking() -> Self {
        Self {
            check: true,
            verbose: true,
            slice: None,
            other: Other::default(),
        }
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let Arguments { slice, other, .. } = arguments;
    if let (Some(slice), Some(from), Some(out)) = (slice, &other.from, &other.out) {
        return other::run(slice, from, out, other);
    }
    let (client, undocumented) = client()?;
    for place in &undocumented {
        warn(format!("undocumented: {place}"));
    }
    if !undocumented.is_empty() {
        warn(format!(
            "help: describe these places in {OVERLAY}, then run `cargo xtask regen`"
        ));
    }
    let second = Generated {
        name: SECOND,
        directory: in_workspace(SECOND_GENERATED),
        files: second::generate()?,
    };
    let all = [client, second];
    if arguments.check {
        let are_fresh = are_fresh(&all, arguments.verbose)?;
        return Ok(match are_fresh && undocumented.is_empty() {
            true => Outcome::Done,
            false => Outcome::Different,
        });
    }
    write(all)
}

/// The generated files of one crate.
struct Generated {
    /// What messages call them.
    name: &'static str,
    /// The folder that holds no others. Some of them may lie outside of it.
    directory: PathBuf,
    files: BTreeMap<PathBuf, String>,
}

/// The client's, and the places of the document without documentation.
fn client() -> Result<(Generated, Vec<String>)> {
    let Output {
        files,
        undocumented,
    } = generate()?;
    let directory = in_workspace(GENERATED);
    let files = files
        .into_iter()
        .map(|(name, text)| (directory.join(name), text))
        .collect();
    let client = Generated {
        name: GENERATED,
        directory,
        files,
    };
    Ok((client, undocumented))
}

fn generate() -> Result<Output> {
    let [document, overlay, slice] = [DOCUMENT, OVERLAY, SLICE].map(in_workspace);
    let (document, overlay, slice) = (read(&document)?, read(&overlay)?, read(&slice)?);
    let sources = Sources {
        document: &document,
        overlay: &overlay,
        slice: &slice,
    };
    let progress = Progress::new();
    codegen::client(&sources, &mut |stage| progress.show(stage)).map_err(|error| {
        let source = match error.stage() {
            Stage::Slice => SLICE,
            Stage::Overlay => OVERLAY,
            _ => DOCUMENT,
        };
        anyhow::Error::new(error).context(source)
    })
}

/// Whether every file is what would be generated. Those that are not are listed.
fn are_fresh(all: &[Generated], verbose: bool) -> Result<bool> {
    let mut are_fresh = true;
    for Generated {
        name,
        directory,
        files,
    } in all
    {
        let differing = differing(directory, files)?;
        for (path, state) in &differing {
            warn(format!(
                "{:<8} {}",
                format!("{}:", state.word()),
                shown(path)
            ));
            if let State::Stale { committed } = state
                && verbose
            {
                warn(diff(committed, &files[path]));
            }
        }
        if differing.is_empty() {
            let count = files.len();
            say(format!("{count} files of {name} are up to date"));
        }
        are_fresh &= differing.is_empty();
    }
    if !are_fresh {
        warn("help: cargo xtask regen");
    }
    Ok(are_fresh)
}

/// Writes the files of all crates, or none.
fn write(all: impl IntoIterator<Item = Generated>) -> Result<Outcome> {
    let mut set = FileSet::default();
    let mut written = Vec::new();
    for Generated {
        name,
        directory,
        files,
    } in all
    {
        written.push(format!("wrote {} files of {name}", files.len()));
        for (path, text) in files {
            set.add(path, text);
        }
        set.own(&directory)?;
    }
    set.commit()?;
    written.iter().for_each(say);
    Ok(Outcome::Done)
}

/// How a file differs from what would be generated.
#[derive(Debug, PartialEq, Eq)]
enum State {
    Missing,
    Stale { committed: String },
    Surplus,
}

impl State {
    fn word(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Stale { .. } => "stale",
            Self::Surplus => "surplus",
        }
    }
}

/// The files of a directory that are not what was generated.
fn differing(directory: &Path, files: &BTreeMap<PathBuf, String>) -> Result<Vec<(PathBuf, State)>> {
    let mut differing = Vec::new();
    for (path, text) in files {
        match fs::read(path) {
            Ok(committed) if committed == text.as_bytes() => {}
            Ok(committed) => {
                let committed = String::from_utf8_lossy(&committed).into_owned();
                differing.push((path.clone(), State::Stale { committed }));
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                differing.push((path.clone(), State::Missing));
            }
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read {}", shown(path)));
            }
        }
    }
    let surplus = files_below(directory)?
        .into_iter()
        .filter(|path| !files.contains_key(path));
    differing.extend(surplus.map(|path| (path, State::Surplus)));
    Ok(differing)
}

fn diff(committed: &str, generated: &str) -> String {
    let diff = TextDiff::from_lines(committed, generated);
    let diff = diff
        .unified_diff()
        .context_radius(2)
        .header("committed", "generated")
        .to_string();
    let count = diff.lines().count();
    let mut lines: Vec<_> = diff.lines().take(DIFF_LINES).map(str::to_owned).collect();
    if count > DIFF_LINES {
        lines.push(format!("… {} more lines", count - DIFF_LINES));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_crate_is_checked_and_written() {
        let root = tempfile::tempdir().unwrap();
        let all = || {
            ["client", "second"].map(|name| {
                let directory = root.path().join(name);
                let files = [(directory.join("a.rs"), "new\n".to_owned())].into();
                Generated {
                    name,
                    directory,
                    files,
                }
            })
        };
        assert!(!are_fresh(&all(), false).unwrap());
        write(all()).unwrap();
        assert!(are_fresh(&all(), false).unwrap());
        for name in ["client", "second"] {
            let path = root.path().join(name).join("a.rs");
            fs::write(&path, "old\n").unwrap();
            assert!(!are_fresh(&all(), false).unwrap(), "{name}");
            fs::write(&path, "new\n").unwrap();
        }
    }

    #[test]
    fn every_file_that_differs_is_listed_by_how_it_does() {
        let directory = tempfile::tempdir().unwrap();
        let path = |name: &str| directory.path().join(name);
        let files: BTreeMap<_, _> = ["a.rs", "b.rs", "c.rs"]
            .map(|name| (path(name), format!("{name}\n")))
            .into();
        fs::write(path("a.rs"), "a.rs\n").unwrap();
        fs::write(path("b.rs"), "another\n").unwrap();
        fs::create_dir(path("d")).unwrap();
        fs::write(path("d/e.rs"), "").unwrap();
        let committed = "another\n".to_owned();
        assert_eq!(
            differing(directory.path(), &files).unwrap(),
            [
                (
                    path("b.rs"),
                    State::Stale {
                        committed: committed.clone()
                    }
                ),
                (path("c.rs"), State::Missing),
                (path("d/e.rs"), State::Surplus),
            ]
        );
        let diff = diff(&committed, &files[&path("b.rs")]);
        assert!(diff.contains("-another\n+b.rs"), "{diff}");
    }

    #[test]
    fn a_long_diff_is_cut_short() {
        let lines: String = (0..200).map(|line| format!("{line}\n")).collect();
        let diff = diff("", &lines);
        assert_eq!(diff.lines().count(), DIFF_LINES + 1);
        assert!(diff.ends_with("more lines"), "{diff}");
    }
}
