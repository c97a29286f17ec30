//! `cargo xtask trim`: the part of the upstream document that the client is generated from.

use std::path::{Path, PathBuf};

use anyhow::Result;
use codegen::{Difference, Slice, TrimReport, Trimmed};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::paths::{DOCUMENT, SLICE, in_workspace, read, shown};
use crate::report::{Outcome, say, warn};
use crate::write::FileSet;

/// Trim an upstream OpenAPI document to the operations of the slice.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The upstream document, JSON or YAML
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// The slice to keep, if not openapi/slice.toml
    #[arg(long, value_name = "FILE")]
    slice: Option<PathBuf>,
    /// Where the trimmed document goes, with upstream.toml beside it, if not to openapi/
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Compare with what is there instead of writing
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let slice = arguments
        .slice
        .clone()
        .unwrap_or_else(|| in_workspace(SLICE));
    let out = arguments
        .out
        .clone()
        .unwrap_or_else(|| in_workspace(DOCUMENT));
    let account = out.with_file_name("upstream.toml");

    let text = read(&arguments.from)?;
    let upstream = codegen::parse(&text)?;
    let slice = Slice::parse(&read(&slice)?)?;
    let Trimmed { document, report } = codegen::trim(&upstream, &slice)?;
    say(summary(&report));

    let origin = origin(&report, &text);
    if arguments.check {
        return check((&out, &document), (&account, &origin));
    }
    let mut files = FileSet::default();
    files.add(out.clone(), codegen::canonical_text(&document));
    files.add(account.clone(), origin);
    files.commit()?;
    say(format!("wrote {} and {}", shown(&out), shown(&account)));
    Ok(Outcome::Done)
}

/// The text of `upstream.toml`.
fn origin(report: &TrimReport, upstream: &str) -> String {
    format!(
        "# The document that openapi/financial-connections.json was last trimmed from.\n\
         # Written by `cargo xtask trim`.\n\
         vendor = \"Stripe\"\n\
         version = {}\n\
         # SHA-256 of the document as it was read.\n\
         digest = \"{}\"\n\
         # How many operations it had, those outside the slice included.\n\
         operations = {}\n",
        toml_text(&report.version),
        hex::encode(Sha256::digest(upstream)),
        report.operations.len() + report.left_out,
    )
}

/// A basic string of TOML: its escapes are JSON's.
fn toml_text(text: &str) -> String {
    Value::from(text).to_string()
}

fn summary(report: &TrimReport) -> String {
    let mut lines = vec![
        format!("version           {}", report.version),
        format!(
            "operations kept   {}, left out {}",
            report.operations.len(),
            report.left_out
        ),
        format!("schemas kept      {}", report.schemas.len()),
        format!("texts dropped     {}", report.prose),
    ];
    for (name, places) in &report.cut {
        lines.push(format!("references cut    {name} ({})", places.len()));
    }
    for key in &report.near {
        lines.push(format!("beside the slice  {key}"));
    }
    for event in &report.near_events {
        lines.push(format!("beside the slice  event {event}"));
    }
    lines.join("\n")
}

fn check(document: (&Path, &Value), account: (&Path, &str)) -> Result<Outcome> {
    let (path, expected) = document;
    let text = read(path)?;
    let found = codegen::parse(&text)?;
    let differences = codegen::differences(expected, &found);
    for difference in &differences {
        warn(line(path, difference));
    }
    let mut same = differences.is_empty();
    if same && text != codegen::canonical_text(expected) {
        warn(format!(
            "{}: the same document, but not in the canonical form",
            shown(path)
        ));
        same = false;
    }
    let (path, expected) = account;
    if read(path).ok().as_deref() != Some(expected) {
        warn(format!(
            "{}: does not tell of this upstream document",
            shown(path)
        ));
        same = false;
    }
    if same {
        say("up to date");
        return Ok(Outcome::Done);
    }
    warn("mend: run the same command without --check");
    Ok(Outcome::Different)
}

fn line(
    path: &Path,
    Difference {
        at,
        expected,
        found,
    }: &Difference,
) -> String {
    let shown_value = |value: &Option<Value>| match value {
        Some(value) => value.to_string(),
        None => "nothing".to_owned(),
    };
    format!(
        "{}#{at}: expected {}, found {}",
        shown(path),
        shown_value(expected),
        shown_value(found)
    )
}
