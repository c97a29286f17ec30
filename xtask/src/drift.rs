//! `cargo xtask drift`: what a new upstream document changes, and what that means for users.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use codegen::Slice;
use codegen::drift::{Effects, Report};

use crate::paths::{DOCUMENT, SLICE, in_workspace, read, shown};
use crate::report::{Outcome, print};
use crate::write::FileSet;

/// Compare two OpenAPI documents as a slice has them.
///
/// Without --base the older document is the committed one. Exits with 0 when nothing differs, 1 when
/// something does, 2 when that breaks users, and 3 when a document cannot be used.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The newer document, JSON or YAML
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// The older document, whole or trimmed, if not openapi/financial-connections.json
    #[arg(long, value_name = "FILE")]
    base: Option<PathBuf>,
    /// The slice to compare, if not openapi/slice.toml
    #[arg(long, value_name = "FILE")]
    slice: Option<PathBuf>,
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
    let file = |path: &Option<PathBuf>, committed| {
        let path = path.clone();
        path.unwrap_or_else(|| in_workspace(committed))
    };
    let (base, slice) = (
        file(&arguments.base, DOCUMENT),
        file(&arguments.slice, SLICE),
    );
    let document = |path: &Path| codegen::parse(&read(path)?).with_context(|| shown(path));
    let ours = document(&base)?;
    let upstream = document(&arguments.from)?;
    let slice = Slice::parse(&read(&slice)?).with_context(|| shown(&slice))?;
    let mut report = codegen::drift(&ours, &upstream, &slice)
        .with_context(|| format!("{} and {}", shown(&base), shown(&arguments.from)))?;
    if arguments.base.is_none() && report.kept_before == 0 {
        bail!(
            "{} has no operation of this slice: give the older document with --base",
            shown(&base)
        );
    }
    if report.outside_before.is_none() {
        report.outside_before = outside_before(&base, &report);
    }
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

/// How many operations outside the slice the document had from which this one was trimmed: what
/// `upstream.toml` beside it tells, if that is of the same version and of a whole document.
fn outside_before(base: &Path, report: &Report) -> Option<usize> {
    let origin = read(&base.with_file_name("upstream.toml")).ok()?;
    let value = |key: &str| {
        let mut lines = origin.lines();
        lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "))
    };
    let version: String = serde_json::from_str(value("version")?).ok()?;
    let operations: usize = value("operations")?.parse().ok()?;
    let outside = operations.checked_sub(report.kept_before)?;
    (version == report.from && outside > 0).then_some(outside)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A document with operations `GET /v1/a/1` and so on.
    const ANSWER: &str =
        "{'200': {description: '', content: {application/json: {schema: {type: object}}}}}";

    fn document(version: &str, operations: usize) -> String {
        let paths: String = (1..=operations)
            .map(|n| format!("  /v1/a/{n}: {{get: {{operationId: A{n}, responses: {ANSWER}}}}}\n"))
            .collect();
        format!("openapi: 3.0.0\ninfo: {{version: '{version}'}}\npaths:\n{paths}")
    }

    #[test]
    fn any_slice_of_any_two_documents_is_compared() {
        let directory = tempfile::tempdir().unwrap();
        let path = |name: &str| directory.path().join(name);
        fs::write(path("old.yaml"), document("1", 2)).unwrap();
        fs::write(path("new.yaml"), document("1", 3)).unwrap();
        fs::write(path("slice.toml"), "include = ['/v1/a/**']").unwrap();
        let compare = |base: &str, from: &str| {
            let html = path("page.html");
            let outcome = run(&Arguments {
                from: path(from),
                base: Some(path(base)),
                slice: Some(path("slice.toml")),
                format: Format::Json,
                html: Some(html.clone()),
            });
            outcome.map(|outcome| (outcome, read(&html).unwrap()))
        };
        assert_eq!(compare("old.yaml", "old.yaml").unwrap().0, Outcome::Done);
        let (outcome, page) = compare("old.yaml", "new.yaml").unwrap();
        assert_eq!(outcome, Outcome::Different);
        assert_eq!(page.matches("<article>").count(), 1, "{page}");
        assert!(page.contains("operation added"), "{page}");
        let (outcome, page) = compare("new.yaml", "old.yaml").unwrap();
        assert_eq!(outcome, Outcome::Breaking, "{page}");
        let refused = run(&Arguments {
            from: path("new.yaml"),
            base: None,
            slice: Some(path("slice.toml")),
            format: Format::Json,
            html: None,
        });
        let refused = format!("{:#}", refused.unwrap_err());
        assert!(refused.contains("with --base"), "{refused}");

        fs::write(path("slice.toml"), "include = ['/v1/b/**']").unwrap();
        let refused = format!("{:#}", compare("old.yaml", "new.yaml").unwrap_err());
        assert!(refused.contains("matches no path of either"), "{refused}");
    }

    #[test]
    fn only_numbers_of_whole_documents_are_compared() {
        let directory = tempfile::tempdir().unwrap();
        let path = |name: &str| directory.path().join(name);
        let slice = "[[operations]]\nmethod = 'get'\npath = '/v1/a/1'\nrust = 'a.retrieve'";
        let slice = Slice::parse(slice).unwrap();
        let parsed = |version, operations| codegen::parse(&document(version, operations)).unwrap();
        let (trimmed, whole) = (parsed("1", 1), parsed("2", 5));
        let before = |origin: &str| {
            fs::write(path("upstream.toml"), origin).unwrap();
            let report = codegen::drift(&trimmed, &whole, &slice).unwrap();
            assert_eq!((report.outside, report.outside_before), (4, None));
            outside_before(&path("base.json"), &report)
        };
        assert_eq!(before("version = \"1\"\noperations = 3\n"), Some(2));
        // The document was trimmed from a trimmed one, or the file is of another document.
        assert_eq!(before("version = \"1\"\noperations = 1\n"), None);
        assert_eq!(before("version = \"0\"\noperations = 3\n"), None);
        assert_eq!(before(""), None);
        let report = codegen::drift(&parsed("1", 3), &whole, &slice).unwrap();
        assert_eq!((report.outside, report.outside_before), (4, Some(2)));
    }
}
