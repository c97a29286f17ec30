//! What becomes of one document, as `cargo xtask slice` and `cargo xtask regen --slice` would have it.

use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

use codegen::{CrateSources, Error, RuntimeSource, SliceCrate};
use serde_json::Value;

/// What becomes of one document.
pub(crate) struct Outcome {
    name: String,
    /// The document and its crate, if it is accepted.
    pub(crate) made: Option<(Value, SliceCrate)>,
    lines: Vec<String>,
}

impl Outcome {
    pub(crate) fn of(name: &str, bytes: &[u8]) -> Self {
        let mut outcome = Self {
            name: name.to_owned(),
            made: None,
            lines: Vec::new(),
        };
        let Ok(text) = std::str::from_utf8(bytes) else {
            outcome.lines.push("not text".to_owned());
            return outcome;
        };
        match catch_unwind(AssertUnwindSafe(|| made(text))) {
            Ok(Ok((document, made))) => {
                let operations = made.report.operations.iter();
                outcome
                    .lines
                    .extend(operations.map(|key| format!("generated {key}")));
                for refused in &made.refused {
                    outcome
                        .lines
                        .push(format!("left out  {}: {}", refused.key, refused.reason));
                }
                for (at, account) in &made.untyped {
                    outcome.lines.push(format!("untyped   {at}: {account}"));
                }
                outcome.made = Some((document, made));
            }
            Ok(Err(error)) => {
                let text = error.to_string();
                outcome.lines.extend(
                    text.lines()
                        .map(|line| format!("refused   {}", line.trim())),
                );
            }
            Err(_) => outcome.lines.push("PANIC".to_owned()),
        }
        outcome
    }

    /// A paragraph of the table.
    pub(crate) fn row(&self) -> String {
        let mut row = format!("{}\n", self.name);
        for line in &self.lines {
            let _ = writeln!(row, "  {line}");
        }
        row
    }
}

/// The crate that `regen` makes of the whole document. The slice that `slice` prints for it gives the
/// same one.
fn made(text: &str) -> Result<(Value, SliceCrate), Error> {
    let document = codegen::parse(text)?;
    let crate_of = |slice: &str| {
        let sources = CrateSources {
            document: text,
            slice,
            prose: true,
            api_version: None,
            previous: None,
            package: "stripe-hostile",
            crate_name: None,
            runtime: RuntimeSource::Version("0.1"),
            names: None,
        };
        codegen::slice_crate(&sources, &mut |_| {})
    };
    let made = crate_of("include = ['/**']")?;
    let suggested = crate_of(&codegen::suggest(&document, "/")?)?;
    let code = |made: &SliceCrate| {
        let mut files = made.files.clone();
        // It lists what is left out, which a suggested slice no longer names.
        files.remove("README.md");
        files
    };
    assert_eq!(code(&made), code(&suggested), "slice and regen disagree");
    Ok((document, made))
}
