//! `cargo xtask regen --slice`: a client crate for another slice of the API.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use codegen::{CrateSources, SliceCrate};

use crate::paths::{in_workspace, read, shown};
use crate::progress::Progress;
use crate::report::{Outcome, say, warn};
use crate::write::{FileSet, files_below};

/// The crate for another slice.
#[derive(clap::Args, Default)]
pub(super) struct Other {
    /// The upstream document, JSON or YAML
    #[arg(long, value_name = "FILE", requires = "slice")]
    pub(super) from: Option<PathBuf>,
    /// The crate's folder
    #[arg(long, value_name = "DIR", requires = "slice")]
    pub(super) out: Option<PathBuf>,
    /// The crate's name, if not stripe-slice
    #[arg(long, value_name = "NAME", requires = "slice")]
    name: Option<String>,
    /// Take the document's own descriptions as documentation
    #[arg(long, requires = "slice")]
    prose: bool,
}

pub(super) fn run(slice: &Path, from: &Path, out: &Path, other: &Other) -> Result<Outcome> {
    let (document, slice_text) = (read(from)?, read(slice)?);
    let (manifest, workspace) = (
        read(&in_workspace("client/Cargo.toml"))?,
        read(&in_workspace("Cargo.toml"))?,
    );
    let runtime = runtime(&in_workspace("client/src"))?;
    let sources = CrateSources {
        document: &document,
        slice: &slice_text,
        prose: other.prose,
        name: other.name.as_deref().unwrap_or("stripe-slice"),
        runtime: &runtime,
        manifest: &manifest,
        workspace: &workspace,
    };
    let progress = Progress::new();
    let SliceCrate {
        files,
        report,
        refused,
        untyped,
    } = codegen::slice_crate(&sources, &mut |stage| progress.show(stage))?;
    let count = files.len();
    let mut set = FileSet::default();
    for (path, text) in files {
        set.add(out.join(path), text);
    }
    // What an earlier run generated and this one does not is removed; other files are left alone.
    set.own(&out.join("src"))?;
    set.commit()?;
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

/// The client's own files, by their paths below `client/src`.
fn runtime(directory: &Path) -> Result<BTreeMap<String, String>> {
    files_below(directory)?
        .into_iter()
        .map(|path| {
            let name = path
                .strip_prefix(directory)
                .context("a file outside of its folder")?;
            let name = name
                .components()
                .map(|part| part.as_os_str().to_string_lossy())
                .collect::<Vec<_>>()
                .join("/");
            Ok((name, read(&path)?))
        })
        .collect()
}
