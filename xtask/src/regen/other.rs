//! `cargo xtask regen --slice`: a client crate for another slice of the API.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use codegen::RuntimeSource;

use super::difference::{Difference, tell};
use super::project::{Inputs, Project, RECORD, prepare, relative};
use crate::paths::{RUNTIME, in_workspace, shown};
use crate::report::{Outcome, say, warn};
use crate::write::FileSet;

/// The crate for another slice.
#[derive(clap::Args, Default)]
pub(super) struct Other {
    /// Generate a client crate for this slice; without FILE, the crate in the folder given with --out, or
    /// in this one, again
    #[arg(long, value_name = "FILE", num_args = 0..=1)]
    #[expect(
        clippy::option_option,
        reason = "the option may stand without its value"
    )]
    pub(super) slice: Option<Option<PathBuf>>,
    /// The upstream document, JSON or YAML; that of the last time unless set
    #[arg(long, value_name = "FILE", requires = "slice")]
    from: Option<PathBuf>,
    /// The crate's folder
    #[arg(long, value_name = "DIR", requires = "slice")]
    out: Option<PathBuf>,
    /// The name of a new crate; stripe-slice unless set
    #[arg(long, value_name = "NAME", requires = "slice")]
    name: Option<String>,
    /// The version of the API that the crate asks for; the document's unless set
    #[arg(long, value_name = "VERSION", requires = "slice")]
    api_version: Option<String>,
    /// Take the runtime of a new crate from the registry, at this version or one compatible with it
    #[arg(
        long,
        value_name = "VERSION",
        requires = "slice",
        conflicts_with = "runtime_path"
    )]
    runtime_version: Option<String>,
    /// Take the runtime of a new crate from this folder, as seen from the crate's; that of this checkout
    /// unless set
    #[arg(long, value_name = "DIR", requires = "slice")]
    runtime_path: Option<PathBuf>,
    /// Take the document's own descriptions as documentation; as the last time unless set
    #[arg(
        long,
        requires = "slice",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    prose: Option<bool>,
    /// Overwrite and remove generated files also if they were edited
    #[arg(long, requires = "slice")]
    force: bool,
}

pub(super) fn run(
    slice: Option<&Path>,
    other: &Other,
    check: bool,
    verbose: bool,
) -> Result<Outcome> {
    let here = std::env::current_dir().context("the current folder cannot be read")?;
    let folder = other.out.as_deref().unwrap_or(&here);
    if other.out.is_none() && !here.join(RECORD).exists() {
        bail!("there is no {RECORD} here\nhelp: give the crate's folder with --out");
    }
    let path = match &other.runtime_path {
        Some(path) => path.display().to_string(),
        None => relative(&in_workspace(RUNTIME), folder)?
            .display()
            .to_string(),
    };
    let runtime = match &other.runtime_version {
        Some(version) => RuntimeSource::Version(version),
        None => RuntimeSource::Path(&path),
    };
    let manifest = folder.join("Cargo.toml");
    if manifest.exists() && (other.runtime_path.is_some() || other.runtime_version.is_some()) {
        warn(format!(
            "{} is yours: change its `stripe-client-runtime` there",
            shown(&manifest)
        ));
    }
    let project = prepare(&Inputs {
        folder,
        slice,
        document: other.from.as_deref(),
        package: other.name.as_deref(),
        runtime,
        api_version: other.api_version.as_deref(),
        prose: other.prose,
        force: other.force,
    })?;
    if check {
        for path in &project.kept {
            say(format!("left as it is     {}", shown(path)));
        }
        return Ok(match tell(&Difference::of(&project)?, verbose) {
            true => Outcome::Done,
            false => Outcome::Different,
        });
    }
    project.refuse()?;
    let mut set = FileSet::default();
    project.add_to(&mut set);
    set.commit()?;
    tell_of(&project, folder);
    Ok(Outcome::Done)
}

/// Says what was written, and what the user should know of it.
fn tell_of(project: &Project, folder: &Path) {
    let Project {
        made,
        write,
        remove,
        kept,
        overwritten,
        entry,
        ..
    } = project;
    for path in overwritten {
        warn(format!("edits lost        {}", shown(path)));
    }
    for path in kept {
        say(format!("left as it is     {}", shown(path)));
    }
    for (name, places) in &made.report.cut {
        say(format!("references cut    {name} ({})", places.len()));
    }
    for operation in &made.refused {
        warn(format!(
            "left out          {}: {}",
            operation.key, operation.reason
        ));
    }
    for (at, account) in &made.untyped {
        say(format!("without a type    {at}: {account}"));
    }
    if let Some(entry) = entry {
        say(format!("for your changelog\n\n{entry}"));
    }
    if write.is_empty() && remove.is_empty() {
        say(format!("{} is up to date", shown(folder)));
        return;
    }
    say(format!(
        "wrote {} files with {} operations and {} schemas to {}",
        write.len(),
        made.report.operations.len(),
        made.report.schemas.len(),
        shown(folder)
    ));
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::paths::SECOND;

    #[test]
    fn a_crate_is_made_over_the_runtime_of_this_checkout_and_no_edit_is_lost() {
        let second = in_workspace(SECOND);
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("below/new");
        let other = |force| Other {
            from: Some(second.join("openapi.yaml")),
            out: Some(folder.clone()),
            name: Some("stripe-new".to_owned()),
            force,
            ..Other::default()
        };
        let slice = second.join("slice.toml");
        let run = |force| run(Some(&slice), &other(force), false, false);
        assert_eq!(run(false).unwrap(), Outcome::Done);
        let manifest: toml::Table = fs::read_to_string(folder.join("Cargo.toml"))
            .unwrap()
            .parse()
            .unwrap();
        let path = manifest["dependencies"]["stripe-client-runtime"]["path"]
            .as_str()
            .unwrap();
        let runtime = folder.join(path).canonicalize().unwrap();
        assert_eq!(runtime, in_workspace(RUNTIME).canonicalize().unwrap());

        let edited = folder.join("src/generated/mod.rs");
        let text = fs::read_to_string(&edited).unwrap();
        fs::write(&edited, text.clone() + "// Mine.\n").unwrap();
        let error = run(false).unwrap_err().to_string();
        assert!(
            error.contains("mod.rs was generated and then edited"),
            "{error}"
        );
        assert!(fs::read_to_string(&edited).unwrap().ends_with("// Mine.\n"));
        assert_eq!(run(true).unwrap(), Outcome::Done);
        assert_eq!(fs::read_to_string(&edited).unwrap(), text);
    }
}
