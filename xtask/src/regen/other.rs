//! `cargo xtask regen --slice`: a client crate for another slice of the API.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};
use codegen::{CrateSources, GENERATED_MARK, RuntimeSource, SliceCrate};

use crate::paths::{RUNTIME, in_workspace, read, shown};
use crate::progress::Progress;
use crate::report::{Outcome, say, warn};
use crate::write::{FileSet, files_below, first_line};

/// The crate for another slice.
#[derive(clap::Args, Default)]
pub(super) struct Other {
    /// The upstream document, JSON or YAML
    #[arg(long, value_name = "FILE", requires = "slice")]
    pub(super) from: Option<PathBuf>,
    /// The crate's folder
    #[arg(long, value_name = "DIR", requires = "slice")]
    pub(super) out: Option<PathBuf>,
    /// The crate's name; that of its Cargo.toml unless set, or stripe-slice
    #[arg(long, value_name = "NAME", requires = "slice")]
    name: Option<String>,
    /// Take the runtime from the registry, at this version or one compatible with it
    #[arg(
        long,
        value_name = "VERSION",
        requires = "slice",
        conflicts_with = "runtime_path"
    )]
    runtime_version: Option<String>,
    /// Take the runtime from this folder, as seen from the crate's; that of this checkout unless set
    #[arg(long, value_name = "DIR", requires = "slice")]
    runtime_path: Option<PathBuf>,
    /// Take the document's own descriptions as documentation
    #[arg(long, requires = "slice")]
    prose: bool,
}

pub(super) fn run(slice: &Path, from: &Path, out: &Path, other: &Other) -> Result<Outcome> {
    let (document, slice_text) = (read(from)?, read(slice)?);
    let path = match &other.runtime_path {
        Some(path) => path.display().to_string(),
        None => relative(&in_workspace(RUNTIME), out)?.display().to_string(),
    };
    let runtime = match &other.runtime_version {
        Some(version) => RuntimeSource::Version(version),
        None => RuntimeSource::Path(&path),
    };
    let manifest_path = out.join("Cargo.toml");
    let known = manifest_path
        .exists()
        .then(|| package_name(&manifest_path))
        .transpose()?;
    if known.is_some() && (other.runtime_path.is_some() || other.runtime_version.is_some()) {
        warn(format!(
            "{} is yours: change its `stripe-client-runtime` there",
            shown(&manifest_path)
        ));
    }
    let name = other.name.clone().or(known);
    let sources = CrateSources {
        document: &document,
        slice: &slice_text,
        prose: other.prose,
        name: name.as_deref().unwrap_or("stripe-slice"),
        runtime,
    };
    let progress = Progress::new();
    let SliceCrate {
        files,
        manifest,
        report,
        refused,
        untyped,
    } = codegen::slice_crate(&sources, &mut |stage| progress.show(stage))?;
    let Plan {
        write,
        remove,
        kept,
    } = plan(out, files, manifest)?;
    let count = write.len();
    let mut set = FileSet::default();
    for (path, text) in write {
        set.add(path, text);
    }
    remove.into_iter().for_each(|path| set.remove(path));
    set.commit()?;
    for path in &kept {
        say(format!("left as it is     {}", shown(path)));
    }
    for (name, places) in &report.cut {
        say(format!("references cut    {name} ({})", places.len()));
    }
    for operation in &refused {
        warn(format!(
            "left out          {}: {}",
            operation.key, operation.reason
        ));
    }
    for (at, account) in &untyped {
        say(format!("without a type    {at}: {account}"));
    }
    say(format!(
        "wrote {count} files with {} operations and {} schemas to {}",
        report.operations.len(),
        report.schemas.len(),
        shown(out)
    ));
    Ok(Outcome::Done)
}

/// The name of the package that a manifest describes.
fn package_name(path: &Path) -> Result<String> {
    let manifest: toml::Table = read(path)?.parse().with_context(|| shown(path))?;
    let name = manifest
        .get("package")
        .and_then(|package| package.get("name"));
    let name = name.and_then(toml::Value::as_str).map(str::to_owned);
    name.with_context(|| format!("{} names no package", shown(path)))
}

/// What becomes of each file of the crate.
struct Plan {
    write: Vec<(PathBuf, String)>,
    remove: Vec<PathBuf>,
    /// Files that would have been written, and are the user's.
    kept: Vec<PathBuf>,
}

/// A file without the mark of what is generated is the user's: it is neither overwritten nor removed.
/// Below `src/generated` the new text cannot do without its place, so that one there stops the run.
fn plan(out: &Path, files: BTreeMap<String, String>, manifest: String) -> Result<Plan> {
    let generated = out.join("src/generated");
    let mut plan = Plan {
        write: Vec::new(),
        remove: Vec::new(),
        kept: Vec::new(),
    };
    let mut paths = BTreeSet::new();
    for (name, text) in files {
        let path = out.join(name);
        paths.insert(path.clone());
        match is_generated(&path)? {
            Some(false) if path.starts_with(&generated) => bail!(
                "{} was not generated by this command\nhelp: move it out of src/generated, or \
                 delete it, and run the command again",
                shown(&path)
            ),
            Some(false) => plan.kept.push(path),
            None | Some(true) => plan.write.push((path, text)),
        }
    }
    for path in files_below(&generated)? {
        if !paths.contains(&path) && is_generated(&path)? == Some(true) {
            plan.remove.push(path);
        }
    }
    let path = out.join("Cargo.toml");
    match path.exists() {
        true => plan.kept.push(path),
        false => plan.write.push((path, manifest)),
    }
    Ok(plan)
}

/// Whether a file carries the mark of what is generated; `None` if there is no such file.
fn is_generated(path: &Path) -> Result<Option<bool>> {
    match path.exists() {
        true => Ok(Some(first_line(path)?.contains(GENERATED_MARK))),
        false => Ok(None),
    }
}

/// A folder as another folder reaches it.
fn relative(to: &Path, from: &Path) -> Result<PathBuf> {
    let (to, from) = (resolved(to)?, resolved(from)?);
    let shared = to
        .components()
        .zip(from.components())
        .take_while(|(a, b)| a == b)
        .count();
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    Ok(up.chain(to.components().skip(shared)).collect())
}

/// A path without symbolic links, as far as it exists.
fn resolved(path: &Path) -> Result<PathBuf> {
    let path = std::path::absolute(path)?;
    let existing = path.ancestors().find(|it| it.exists()).unwrap_or(&path);
    let rest = path.strip_prefix(existing)?;
    Ok(existing.canonicalize()?.join(rest))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn files(names: &[&str]) -> BTreeMap<String, String> {
        let text = format!("// {GENERATED_MARK}.\nnew\n");
        names
            .iter()
            .map(|name| ((*name).to_owned(), text.clone()))
            .collect()
    }

    #[test]
    fn only_files_that_were_generated_are_replaced_or_removed() {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        fs::create_dir_all(at("src/generated")).unwrap();
        let old = format!("// {GENERATED_MARK}.\nold\n");
        for name in ["src/generated/a.rs", "src/generated/gone.rs"] {
            fs::write(at(name), &old).unwrap();
        }
        for name in [
            "Cargo.toml",
            "src/lib.rs",
            "src/own.rs",
            "src/generated/own.rs",
        ] {
            fs::write(at(name), "mine\n").unwrap();
        }
        let names = ["README.md", "src/generated/a.rs", "src/lib.rs"];
        let plan = plan(directory.path(), files(&names), String::new()).unwrap();
        let written: Vec<_> = plan.write.into_iter().map(|(path, _)| path).collect();
        assert_eq!(written, [at("README.md"), at("src/generated/a.rs")]);
        assert_eq!(plan.remove, [at("src/generated/gone.rs")]);
        assert_eq!(plan.kept, [at("src/lib.rs"), at("Cargo.toml")]);
    }

    #[test]
    fn a_file_of_the_users_among_the_generated_ones_stops_the_run() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("src/generated/a.rs");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "mine\n").unwrap();
        let files = files(&["src/generated/a.rs"]);
        let error = plan(directory.path(), files, String::new()).err().unwrap();
        assert!(error.to_string().contains("was not generated"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine\n");
    }

    #[test]
    fn a_folder_is_reached_from_another() {
        let check = |to: &str, from: &str, expected: &str| {
            assert_eq!(
                relative(Path::new(to), Path::new(from)).unwrap(),
                Path::new(expected)
            );
        };
        check(
            "/a/b/client/runtime",
            "/a/slices/x",
            "../../b/client/runtime",
        );
        check(
            "/a/b/client/runtime",
            "/a/b/tests/x",
            "../../client/runtime",
        );
        check("/a/b", "/a", "b");
    }
}
