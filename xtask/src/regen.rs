//! `cargo xtask regen`: the client's generated files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use codegen::{Output, Sources};
use similar::TextDiff;

use crate::paths::{DOCUMENT, GENERATED, OVERLAY, SLICE, in_workspace, read, shown};
use crate::progress::Progress;
use crate::report::{Outcome, say, warn};
use crate::write::{FileSet, files_below};

/// A diff longer than this is left to `git diff`.
const DIFF_LINES: usize = 60;

/// Generate the client from the trimmed document.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Compare with what is there instead of writing
    #[arg(long)]
    pub(crate) check: bool,
    /// Show what differs in each stale file
    #[arg(long, short, requires = "check")]
    pub(crate) verbose: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let Output {
        files,
        undocumented,
    } = generate()?;
    let directory = in_workspace(GENERATED);
    let files = files
        .into_iter()
        .map(|(name, text)| (directory.join(name), text))
        .collect();
    for place in &undocumented {
        warn(format!("undocumented: {place}"));
    }
    if !undocumented.is_empty() {
        warn(format!(
            "mend: describe these places in {OVERLAY}, then run `cargo xtask regen`"
        ));
    }
    if arguments.check {
        let outcome = check(&directory, &files, arguments.verbose)?;
        return Ok(if undocumented.is_empty() {
            outcome
        } else {
            Outcome::Different
        });
    }
    let count = files.len();
    let mut set = FileSet::default();
    for (path, text) in files {
        set.add(path, text);
    }
    set.own(&directory)?;
    set.commit()?;
    say(format!("wrote {count} files to {GENERATED}"));
    Ok(Outcome::Done)
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
    Ok(codegen::client(&sources, &mut |stage| {
        progress.show(stage)
    })?)
}

fn check(directory: &Path, files: &BTreeMap<PathBuf, String>, verbose: bool) -> Result<Outcome> {
    let mut same = true;
    for (path, text) in files {
        let committed = match fs::read(path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                warn(format!("missing: {}", shown(path)));
                same = false;
                continue;
            }
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read {}", shown(path)));
            }
        };
        if committed != *text {
            warn(format!("stale:   {}", shown(path)));
            same = false;
            if verbose {
                warn(diff(&committed, text));
            }
        }
    }
    for path in files_below(directory)?
        .iter()
        .filter(|path| !files.contains_key(*path))
    {
        warn(format!("surplus: {}", shown(path)));
        same = false;
    }
    if same {
        say(format!(
            "{} files in {GENERATED} are up to date",
            files.len()
        ));
        return Ok(Outcome::Done);
    }
    warn("mend: cargo xtask regen");
    Ok(Outcome::Different)
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
