//! The folder of a generated crate: what it was made from, and what is to be written into it.

mod plan;
mod record;
mod relative;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use codegen::{CrateSources, NAMES, RuntimeSource, SLICE_DOCUMENT, SliceCrate, Stage};

use crate::paths::{read, shown};
use crate::progress::Progress;
use crate::write::FileSet;
use plan::{Plan, text_of};
use record::{Record, Source, digest};

pub(super) use record::RECORD;
pub(super) use relative::relative;

/// The changelog's place in the crate.
const CHANGELOG: &str = "CHANGELOG.md";

/// What a crate is to be made from. What is not said here is as it was the last time.
pub(super) struct Inputs<'i> {
    /// The crate's folder.
    pub(super) folder: &'i Path,
    pub(super) slice: Option<&'i Path>,
    pub(super) document: Option<&'i Path>,
    pub(super) package: Option<&'i str>,
    /// For the manifest of a new crate.
    pub(super) runtime: RuntimeSource<'i>,
    pub(super) api_version: Option<&'i str>,
    pub(super) prose: Option<bool>,
    /// Whether what was edited is overwritten.
    pub(super) force: bool,
}

/// What is to be written into a crate's folder, or removed from it.
pub(super) struct Project {
    pub(super) made: SliceCrate,
    pub(super) write: Vec<(PathBuf, String)>,
    pub(super) remove: Vec<PathBuf>,
    /// Files whose generated part their user has taken over.
    pub(super) kept: Vec<PathBuf>,
    /// Files that were edited and are overwritten or removed all the same.
    pub(super) overwritten: Vec<PathBuf>,
    /// Why nothing may be written, if so.
    pub(super) obstacles: Vec<(PathBuf, &'static str)>,
    /// The changelog's new entry, where the changelog is its user's and has no place for it.
    pub(super) entry: Option<String>,
}

impl Project {
    /// Fails if something stands in the way.
    pub(super) fn refuse(&self) -> Result<()> {
        let obstacles = self.obstacles.iter();
        let lines = obstacles.map(|(path, what)| format!("\n{} {what}", shown(path)));
        ensure!(
            self.obstacles.is_empty(),
            "nothing was written{}",
            lines.collect::<String>()
        );
        Ok(())
    }

    pub(super) fn add_to(&self, set: &mut FileSet) {
        // A run that is killed leaves the old record of what is whose, and the old document, from which the
        // next run tells what changed.
        for (path, text) in &self.write {
            let is_record = [RECORD, SLICE_DOCUMENT]
                .iter()
                .any(|name| path.ends_with(name));
            match is_record {
                true => set.add_last(path.clone(), text.clone()),
                false => set.add(path.clone(), text.clone()),
            }
        }
        for path in &self.remove {
            set.remove(path.clone());
        }
    }
}

/// Makes the crate, and finds out what would be written.
pub(super) fn prepare(inputs: &Inputs<'_>) -> Result<Project> {
    let folder = inputs.folder;
    let last = Record::of(folder)?;
    let source = |given: Option<&Path>, last: Option<&Source>, option: &str| {
        let last = last.map(|source| folder.join(&source.path));
        let path = given.map(Path::to_owned).or(last);
        path.with_context(|| {
            format!(
                "{} has no {RECORD}, so this is a new crate\nhelp: give {option}",
                shown(folder)
            )
        })
    };
    let slice_path = source(
        inputs.slice,
        last.as_ref().map(|it| &it.slice),
        "--slice FILE",
    )?;
    let document_path = source(
        inputs.document,
        last.as_ref().map(|it| &it.document),
        "--from FILE, the document",
    )?;
    if last.is_none() {
        refuse_foreign(folder, &[&slice_path, &document_path])?;
    }
    let (document, slice) = (read(&document_path)?, read(&slice_path)?);
    let last_name = last
        .as_ref()
        .map(|last| last.package.as_str())
        .filter(|name| !name.is_empty());
    let names = Names::of(folder, inputs.package, last_name)?;
    // A version that was chosen for a document need not be that of another.
    let chosen = last
        .as_ref()
        .filter(|last| last.api_version_chosen && last.document.digest == digest(&document))
        .map(|last| last.api_version.as_str());
    // If it was damaged since, the plan says so.
    let known = last
        .as_ref()
        .and_then(|last| last.files.get(SLICE_DOCUMENT));
    let previous =
        text_of(&folder.join(SLICE_DOCUMENT))?.filter(|text| known == Some(&digest(text)));
    let given = text_of(&folder.join(NAMES))?.filter(|_| last.is_some());
    let sources = CrateSources {
        document: &document,
        slice: &slice,
        api_version: inputs.api_version.or(chosen),
        previous: previous.as_deref(),
        prose: inputs
            .prose
            .unwrap_or(last.as_ref().is_some_and(|last| last.prose)),
        package: &names.package,
        crate_name: names.crate_name.as_deref(),
        runtime: inputs.runtime,
        names: given.as_deref(),
    };
    let progress = Progress::new();
    let made =
        codegen::slice_crate(&sources, &mut |stage| progress.show(stage)).map_err(|error| {
            let source = match error.stage() {
                Stage::Slice => &slice_path,
                _ => &document_path,
            };
            let source = shown(source);
            anyhow::Error::new(error).context(source)
        })?;
    let record = Record {
        generator: codegen::VERSION.to_owned(),
        package: names.package.clone(),
        api_version: made.report.version.clone(),
        api_version_chosen: sources.api_version.is_some(),
        prose: sources.prose,
        document: Source {
            path: relative(&document_path, folder)?,
            digest: digest(&document),
        },
        slice: Source {
            path: relative(&slice_path, folder)?,
            digest: digest(&slice),
        },
        ..Record::default()
    };
    planned(inputs, made, last.as_ref(), record)
}

/// Plans for a crate that has been made.
fn planned(
    inputs: &Inputs<'_>,
    made: SliceCrate,
    last: Option<&Record>,
    mut record: Record,
) -> Result<Project> {
    let folder = inputs.folder;
    let none = Record::default();
    let Plan {
        mut write,
        remove,
        kept,
        edited,
        overwritten,
        foreign,
        files,
        parts,
    } = Plan::of(
        folder,
        &made.files,
        &made.parts,
        last.unwrap_or(&none),
        inputs.force,
    )?;
    (record.files, record.parts) = (files, parts);
    let mut obstacles = Vec::new();
    for (paths, what) in [
        (
            edited,
            "was generated and then edited: undo that, move it outside of the generated part, or \
             overwrite it with --force",
        ),
        (
            foreign,
            "was not generated by this command: move it, or delete it",
        ),
    ] {
        obstacles.extend(paths.into_iter().map(|path| (path, what)));
    }
    let mut rejected = None;
    if !write.is_empty() || !remove.is_empty() {
        let entry = codegen::changelog_entry(&made, last.map(|last| last.generator.as_str()));
        let path = folder.join(CHANGELOG);
        let old = text_of(&path)?;
        match codegen::with_entry(old.as_deref(), &entry) {
            Some(text) if Some(&text) == old.as_ref() => {}
            Some(text) => write.push((path, text)),
            None => rejected = Some(entry),
        }
    }
    if last != Some(&record) {
        write.push((folder.join(RECORD), record.text()?));
    }
    Ok(Project {
        made,
        write,
        remove,
        kept,
        overwritten,
        obstacles,
        entry: rejected,
    })
}

/// A folder without a record is new: it holds nothing but what the crate is made from, and hidden files.
fn refuse_foreign(folder: &Path, sources: &[&Path]) -> Result<()> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", shown(folder))),
    };
    let sources: BTreeSet<PathBuf> = sources
        .iter()
        .filter_map(|path| path.canonicalize().ok())
        .collect();
    for entry in entries {
        let path = entry?.path();
        let is_hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let is_source = path
            .canonicalize()
            .is_ok_and(|path| sources.contains(&path));
        if !is_hidden && !is_source {
            bail!(
                "{} was not made by this command: it has no {RECORD}, and holds {}\nhelp: give a \
                 new or empty folder with --out",
                shown(folder),
                shown(&path)
            );
        }
    }
    Ok(())
}

/// What the crate is called.
struct Names {
    package: String,
    crate_name: Option<String>,
}

impl Names {
    /// Those of the manifest, once there is one.
    fn of(folder: &Path, given: Option<&str>, last: Option<&str>) -> Result<Self> {
        let path = folder.join("Cargo.toml");
        let Some(text) = text_of(&path)? else {
            let package = given.or(last).unwrap_or("stripe-slice").to_owned();
            ensure!(
                !package.bytes().any(|byte| byte.is_ascii_uppercase()),
                "`{package}` has capitals, which the compiler warns of in the name of a crate\nhelp: use \
                 lower-case letters, digits and hyphens, as in `stripe-customers`"
            );
            return Ok(Self {
                package,
                crate_name: None,
            });
        };
        let manifest: toml::Table = text.parse().with_context(|| shown(&path))?;
        let name = |table: &str| {
            let name = manifest.get(table)?.get("name")?.as_str()?;
            Some(name.to_owned())
        };
        let package = name("package")
            .with_context(|| format!("{} has no `name` in `[package]`", shown(&path)))?;
        if let Some(given) = given {
            ensure!(
                given == package,
                "the crate is called `{package}`, by its manifest, and not `{given}`\nhelp: change the \
                 name in {}, and run the command without --name",
                shown(&path)
            );
        }
        Ok(Self {
            package,
            crate_name: name("lib"),
        })
    }
}
