//! `cargo xtask trim`: the part of the upstream document that the client is generated from.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use codegen::{Difference, Resolved, Slice, TrimReport, Trimmed};
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
    let upstream = codegen::parse(&text).with_context(|| shown(&arguments.from))?;
    let parsed = Slice::parse(&read(&slice)?).with_context(|| shown(&slice))?;
    let Resolved {
        slice: resolved,
        refused,
    } = codegen::resolve(&upstream, parsed.clone()).with_context(|| shown(&slice))?;
    // What a pattern matches may be left out; what is named one by one is wanted.
    if let Some(wanted) = refused
        .iter()
        .find(|it| parsed.operation(&it.key).is_some())
    {
        bail!("{} cannot be generated: {}", wanted.key, wanted.reason);
    }
    let slice = resolved;
    let Trimmed { document, report } =
        codegen::trim(&upstream, &slice).with_context(|| shown(&arguments.from))?;
    say(summary(&report));

    let origin = origin(&report, &text);
    if arguments.check {
        let differences = differing((&out, &document), (&account, &origin))?;
        if differences.is_empty() {
            say("up to date");
            return Ok(Outcome::Done);
        }
        differences.iter().for_each(warn);
        warn("mend: run the same command without --check");
        return Ok(Outcome::Different);
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

/// What the files lack to be what a trim would write.
fn differing(document: (&Path, &Value), account: (&Path, &str)) -> Result<Vec<String>> {
    let (path, expected) = document;
    let text = read(path)?;
    let found = codegen::parse(&text).with_context(|| shown(path))?;
    let mut lines: Vec<_> = codegen::differences(expected, &found)
        .iter()
        .map(|difference| line(path, difference))
        .collect();
    if lines.is_empty() && text != codegen::canonical_text(expected) {
        lines.push(format!(
            "{}: the same document in another form",
            shown(path)
        ));
    }
    let (path, expected) = account;
    if read(path).ok().as_deref() != Some(expected) {
        lines.push(format!(
            "{}: does not tell of this upstream document",
            shown(path)
        ));
    }
    Ok(lines)
}

fn line(
    path: &Path,
    Difference {
        at,
        expected,
        found,
    }: &Difference,
) -> String {
    let [expected, found] = [expected, found].map(|value| {
        value
            .as_ref()
            .map_or_else(|| "nothing".to_owned(), Value::to_string)
    });
    format!("{}#{at}: expected {expected}, found {found}", shown(path))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_check_names_the_place_that_differs() {
        let directory = tempfile::tempdir().unwrap();
        let out = directory.path().join("document.json");
        let arguments = |check| Arguments {
            // A trimmed document is an upstream document to its own slice.
            from: in_workspace(DOCUMENT),
            slice: None,
            out: Some(out.clone()),
            check,
        };
        assert_eq!(run(&arguments(false)).unwrap(), Outcome::Done);
        assert_eq!(run(&arguments(true)).unwrap(), Outcome::Done);
        let text = read(&out).unwrap();
        assert_eq!(text, read(&in_workspace(DOCUMENT)).unwrap());

        let expected = codegen::parse(&text).unwrap();
        let edited = text.replacen("\"card_error\",", "", 1);
        fs::write(&out, &edited).unwrap();
        assert_eq!(run(&arguments(true)).unwrap(), Outcome::Different);
        let account = directory.path().join("upstream.toml");
        let origin = read(&account).unwrap();
        let lines = differing((&out, &expected), (&account, &origin)).unwrap();
        let at = "#/components/schemas/api_errors/properties/type/enum";
        assert_eq!(
            lines,
            [format!(
                "{}{at}: expected \"card_error\", found nothing",
                out.display()
            )]
        );

        fs::write(&out, text.replace("\n", "\n ")).unwrap();
        fs::remove_file(&account).unwrap();
        let lines = differing((&out, &expected), (&account, &origin)).unwrap();
        assert_eq!(lines.len(), 2, "{lines:?}");
    }

    #[test]
    fn a_refused_document_leaves_what_was_there() {
        let directory = tempfile::tempdir().unwrap();
        let path = |name: &str| directory.path().join(name);
        fs::write(path("upstream.json"), "{\"openapi\": \"3.1.0\"}").unwrap();
        fs::write(path("document.json"), "before").unwrap();
        let refused = run(&Arguments {
            from: path("upstream.json"),
            slice: None,
            out: Some(path("document.json")),
            check: false,
        });
        let message = format!("{:#}", refused.unwrap_err());
        assert!(message.contains("upstream.json: parse: "), "{message}");
        assert_eq!(read(&path("document.json")).unwrap(), "before");
        assert!(!path("upstream.toml").exists());
    }
}
