//! `cargo xtask drift`: what a new upstream document changes, and what that means for users.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::ValueEnum;
use codegen::Slice;
use codegen::drift::Effects;

use crate::paths::{DOCUMENT, SLICE, UPSTREAM, in_workspace, read, shown};
use crate::report::{Outcome, print};
use crate::write::FileSet;

/// Compare an upstream OpenAPI document with the committed one.
///
/// Exits with 0 when nothing differs, 1 when something does, 2 when that breaks users, and 3 when the
/// document cannot be used.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The upstream document, JSON or YAML
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// How to write the report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write the report as a page of HTML too
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For a terminal
    Text,
    /// For a pull request
    Markdown,
    /// For tools
    Json,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let [document, slice] = [DOCUMENT, SLICE].map(in_workspace);
    let ours = codegen::parse(&read(&document)?).context(DOCUMENT)?;
    let slice = Slice::parse(&read(&slice)?).context(SLICE)?;
    let upstream =
        codegen::parse(&read(&arguments.from)?).with_context(|| shown(&arguments.from))?;
    let mut report =
        codegen::drift(&ours, &upstream, &slice).with_context(|| shown(&arguments.from))?;
    report.outside_before = outside_before(&slice);
    print(&match arguments.format {
        Format::Text => report.to_text(),
        Format::Markdown => report.to_markdown(),
        Format::Json => codegen::canonical_text(&report.to_json()),
    });
    if let Some(page) = &arguments.html {
        let mut files = FileSet::default();
        files.add(page.clone(), report.to_html());
        files.commit()?;
    }
    let effects = report.effects();
    Ok(if effects.breaks() {
        Outcome::Breaking
    } else if effects == Effects::NONE {
        Outcome::Done
    } else {
        Outcome::Different
    })
}

/// How many operations outside the slice the document had that was last trimmed. Unknown before the
/// first trim.
fn outside_before(slice: &Slice) -> Option<usize> {
    let text = read(&in_workspace(UPSTREAM)).ok()?;
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("operations = "))?;
    line.parse::<usize>()
        .ok()?
        .checked_sub(slice.operations.len())
}
