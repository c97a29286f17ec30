//! `cargo xtask regen`: the generated files of the workspace.

mod difference;
mod other;
mod project;
mod second;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use codegen::{Output, Sources, Stage};

use crate::paths::{DOCUMENT, GENERATED, OVERLAY, SECOND, SLICE, in_workspace, read, shown};
use crate::progress::Progress;
use crate::report::{Outcome, say, warn};
use crate::write::{FileSet, files_below, first_line};
use difference::{Difference, State, tell};
use other::Other;

/// Generate the client from the trimmed document, and the second slice under tests from its own.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Compare with what is there instead of writing
    #[arg(long)]
    check: bool,
    /// Show what differs in each stale file
    #[arg(long, short, requires = "check")]
    verbose: bool,
    #[command(flatten)]
    other: Other,
}

impl Arguments {
    /// Those of `regen --check`.
    pub(crate) fn checking() -> Self {
        Self {
            check: true,
            verbose: true,
            other: Other::default(),
        }
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let Arguments {
        check,
        verbose,
        other,
    } = arguments;
    if let Some(slice) = &other.slice {
        return other::run(slice.as_deref(), other, *check, *verbose);
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
    let second = second::generate()?;
    if *check {
        let checks = [
            (GENERATED, client.files.len(), client.differences()?),
            (SECOND, second.made.files.len(), Difference::of(&second)?),
        ];
        let mut are_fresh = true;
        for (name, count, differences) in checks {
            if tell(&differences, *verbose) {
                say(format!("{count} files of {name} are up to date"));
            } else {
                are_fresh = false;
            }
        }
        if !are_fresh {
            warn("help: cargo xtask regen");
        }
        return Ok(match are_fresh && undocumented.is_empty() {
            true => Outcome::Done,
            false => Outcome::Different,
        });
    }
    second.refuse()?;
    let mut set = FileSet::default();
    let written = [
        (GENERATED, client.files.len()),
        (SECOND, second.made.files.len()),
    ];
    client.add_to(&mut set)?;
    second.add_to(&mut set);
    set.commit()?;
    for (name, count) in written {
        say(format!("wrote {count} files of {name}"));
    }
    Ok(Outcome::Done)
}

/// The generated files of the client.
struct Generated {
    /// The folder that holds no others.
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
    let client = Generated { directory, files };
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

impl Generated {
    /// The files that are not what would be generated.
    fn differences(&self) -> Result<Vec<Difference>> {
        let mut differences = Vec::new();
        let mut add = |path: &Path, state| {
            let path = path.to_owned();
            differences.push(Difference { path, state });
        };
        for (path, generated) in &self.files {
            match fs::read(path) {
                Ok(committed) if committed == generated.as_bytes() => {}
                Ok(committed) => add(
                    path,
                    State::Stale {
                        committed: String::from_utf8_lossy(&committed).into_owned(),
                        generated: generated.clone(),
                    },
                ),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    add(path, State::Missing);
                }
                Err(error) => {
                    return Err(error).with_context(|| format!("cannot read {}", shown(path)));
                }
            }
        }
        for path in files_below(&self.directory)? {
            if !self.files.contains_key(&path) {
                let state = match first_line(&path)?.contains("@generated") {
                    true => State::Surplus,
                    false => State::Foreign,
                };
                add(&path, state);
            }
        }
        Ok(differences)
    }

    fn add_to(self, set: &mut FileSet) -> Result<()> {
        for (path, text) in self.files {
            set.add(path, text);
        }
        set.own(&self.directory)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_that_differs_is_listed_by_how_it_does() {
        let directory = tempfile::tempdir().unwrap();
        let path = |name: &str| directory.path().join(name);
        let generated = Generated {
            directory: directory.path().to_owned(),
            files: ["a.rs", "b.rs", "c.rs"]
                .map(|name| (path(name), format!("{name}\n")))
                .into(),
        };
        fs::write(path("a.rs"), "a.rs\n").unwrap();
        fs::write(path("b.rs"), "another\n").unwrap();
        fs::create_dir(path("d")).unwrap();
        fs::write(path("d/e.rs"), "// @generated\n").unwrap();
        fs::write(path("d/own.rs"), "").unwrap();
        let expected = [
            (
                "b.rs",
                State::Stale {
                    committed: "another\n".to_owned(),
                    generated: "b.rs\n".to_owned(),
                },
            ),
            ("c.rs", State::Missing),
            ("d/e.rs", State::Surplus),
            ("d/own.rs", State::Foreign),
        ];
        let expected = expected.map(|(name, state)| Difference {
            path: path(name),
            state,
        });
        assert_eq!(generated.differences().unwrap(), expected);
        let mut set = FileSet::default();
        generated.add_to(&mut set).unwrap();
        set.commit().unwrap();
        assert!(!path("d/e.rs").exists());
        assert!(path("d/own.rs").exists());
    }
}
