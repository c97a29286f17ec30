//! A complete client crate for any slice of the API, with this client's runtime.

use std::collections::BTreeMap;
use std::fmt::Write;

use toml::{Table, Value};

use crate::document;
use crate::pipeline::generated;
use crate::slicing::{RefusedOperation, Resolved, resolve};
use crate::trim::{TrimReport, trim};
use crate::{Error, Pointer, Result, Slice, Stage};

/// Modules of the client that belong to Financial Connections alone.
const OWN: [&str; 2] = ["poll", "webhook"];

/// Dependencies that only those modules have.
const OWN_DEPENDENCIES: [&str; 3] = ["base16ct", "hmac", "sha2"];

/// Modules that only wider slices need.
const WIDER: [(&str, &str); 3] = [
    ("either", include_str!("../templates/src/either.rs")),
    ("encodings", include_str!("../templates/src/encodings.rs")),
    ("union", include_str!("../templates/src/union.rs")),
];

/// The texts that a slice's crate is made of.
#[derive(Clone, Copy, Debug)]
pub struct CrateSources<'t> {
    /// The upstream document, whole.
    pub document: &'t str,
    /// The slice file.
    pub slice: &'t str,
    /// Whether the document's own descriptions become the documentation.
    pub prose: bool,
    /// The name of the crate.
    pub name: &'t str,
    /// The files below `client/src`, by their paths there; those of `generated/` are not looked at.
    pub runtime: &'t BTreeMap<String, String>,
    /// `client/Cargo.toml`.
    pub manifest: &'t str,
    /// The workspace's `Cargo.toml`.
    pub workspace: &'t str,
}

/// A client crate for a slice.
#[derive(Clone, Debug)]
pub struct SliceCrate {
    /// The files by their paths in the crate.
    pub files: BTreeMap<String, String>,
    /// What was kept and cut.
    pub report: TrimReport,
    /// The operations that the slice's patterns match and the generator cannot express.
    pub refused: Vec<RefusedOperation>,
    /// The places that hold one of several objects which nothing tells apart, and what became of each.
    pub untyped: BTreeMap<String, String>,
}

/// Makes the crate.
///
/// # Errors
///
/// When a source is not what its stage understands; the error names the stage, the place and the mend.
pub fn slice_crate(
    sources: &CrateSources<'_>,
    progress: &mut dyn FnMut(Stage),
) -> Result<SliceCrate> {
    progress(Stage::Parse);
    let document = document::parse(sources.document)?;
    progress(Stage::Slice);
    let Resolved { mut slice, refused } = resolve(&document, Slice::parse(sources.slice)?)?;
    slice.keep_prose = sources.prose;
    progress(Stage::Trim);
    let trimmed = trim(&document, &slice)?;
    let (output, untyped) = generated(trimmed.document, &slice, None, progress)?;
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for (path, text) in sources.runtime {
        let module = path.split(['/', '.']).next().unwrap_or_default();
        if module != "generated" && !OWN.contains(&module) {
            files.insert(format!("src/{path}"), text.clone());
        }
    }
    for (module, text) in WIDER {
        files.insert(format!("src/{module}.rs"), text.to_owned());
    }
    for (path, text) in output.files {
        files.insert(format!("src/generated/{path}"), text);
    }
    adapt(&mut files, "src/lib.rs", |text| root(text, sources.name))?;
    adapt(&mut files, "src/support.rs", |text| {
        text + "pub(crate) use std::collections::BTreeMap;\n\npub(crate) use serde_json::Number;\n\n\
                pub(crate) use crate::either::Either;\npub(crate) use crate::union::union;\n"
    })?;
    files.insert("Cargo.toml".to_owned(), manifest(sources)?);
    files.insert(
        "README.md".to_owned(),
        readme(sources.name, &trimmed.report, &slice, &refused, &untyped),
    );
    Ok(SliceCrate {
        files,
        report: trimmed.report,
        refused,
        untyped,
    })
}

fn adapt(
    files: &mut BTreeMap<String, String>,
    path: &str,
    change: impl FnOnce(String) -> String,
) -> Result<()> {
    let Some(text) = files.remove(path) else {
        return Err(refused(
            format!("the runtime has no {path}"),
            "give all files below client/src",
        ));
    };
    files.insert(path.to_owned(), change(text));
    Ok(())
}

/// `lib.rs` without what is Financial Connections' own, and with what only wider slices need.
fn root(text: String, name: &str) -> String {
    let mut root = format!(
        "//! Client for a slice of Stripe's API: `{name}`.\n\n\
         #![allow(dead_code, missing_docs, unused, reason = \"no slice uses the whole runtime\")]\n\
         #![allow(clippy::all, rustdoc::all, reason = \"the text is generated\")]\n"
    );
    let mut pending = String::new();
    for line in text.lines().filter(|line| !line.starts_with("//!")) {
        let words = line
            .trim_start_matches("pub ")
            .trim_start_matches("mod ")
            .trim_start_matches("use ");
        let is_own = OWN.iter().any(|own| {
            words
                .strip_prefix(own)
                .is_some_and(|rest| rest.starts_with([':', ';']))
        });
        // An attribute goes with the line behind it.
        if line.starts_with("#[") {
            pending += &format!("{line}\n");
        } else if is_own {
            pending.clear();
        } else {
            root += &format!("{}{line}\n", std::mem::take(&mut pending));
        }
    }
    for (module, _) in WIDER {
        let _ = writeln!(root, "mod {module};");
    }
    root + "\npub use either::Either;\n"
}

/// The client's manifest, on its own feet.
fn manifest(sources: &CrateSources<'_>) -> Result<String> {
    let parse = |text: &str, what: &str| {
        text.parse::<Table>()
            .map_err(|error| refused(format!("{what} is not TOML: {error}"), "mend its syntax"))
    };
    let client = parse(sources.manifest, "client/Cargo.toml")?;
    let workspace = parse(sources.workspace, "the workspace's Cargo.toml")?;
    let shared = |section: &str| {
        workspace
            .get("workspace")
            .and_then(|workspace| workspace.get(section))
            .and_then(Value::as_table)
            .cloned()
    };
    let (package, versions) = (
        shared("package").unwrap_or_default(),
        shared("dependencies").unwrap_or_default(),
    );
    let mut dependencies = Table::new();
    for (name, entry) in client
        .get("dependencies")
        .and_then(Value::as_table)
        .into_iter()
        .flatten()
    {
        if OWN_DEPENDENCIES.contains(&name.as_str()) {
            continue;
        }
        dependencies.insert(
            name.clone(),
            Value::Table(resolved(entry, versions.get(name))),
        );
    }
    let mut features = client
        .get("features")
        .and_then(Value::as_table)
        .cloned()
        .unwrap_or_default();
    features.remove("webhook");
    let field = |name: &str| {
        package
            .get(name)
            .cloned()
            .unwrap_or_else(|| Value::from(""))
    };
    let mut manifest = Table::new();
    manifest.insert(
        "package".to_owned(),
        Value::Table(Table::from_iter([
            ("name".to_owned(), Value::from(sources.name)),
            ("version".to_owned(), Value::from("0.1.0")),
            (
                "description".to_owned(),
                Value::from("Client for a slice of Stripe's API"),
            ),
            ("edition".to_owned(), field("edition")),
            ("rust-version".to_owned(), field("rust-version")),
            ("publish".to_owned(), Value::from(false)),
        ])),
    );
    // The examples in the runtime's documentation are of Financial Connections.
    manifest.insert(
        "lib".to_owned(),
        Value::Table(Table::from_iter([(
            "doctest".to_owned(),
            Value::from(false),
        )])),
    );
    manifest.insert("features".to_owned(), Value::Table(features));
    manifest.insert("dependencies".to_owned(), Value::Table(dependencies));
    // So that it stands alone even below another workspace.
    manifest.insert("workspace".to_owned(), Value::Table(Table::new()));
    Ok(manifest.to_string())
}

/// A dependency with what it inherits from the workspace.
fn resolved(entry: &Value, shared: Option<&Value>) -> Table {
    let mut table = match shared {
        Some(Value::Table(shared)) => shared.clone(),
        Some(version) => Table::from_iter([("version".to_owned(), version.clone())]),
        None => Table::new(),
    };
    let entry = entry.as_table().cloned().unwrap_or_default();
    for (key, value) in entry.into_iter().filter(|(key, _)| key != "workspace") {
        match (table.get_mut(&key), value) {
            (Some(Value::Array(known)), Value::Array(more)) => known.extend(more),
            (_, value) => {
                table.insert(key, value);
            }
        }
    }
    table
}

fn readme(
    name: &str,
    report: &TrimReport,
    slice: &Slice,
    refused: &[RefusedOperation],
    untyped: &BTreeMap<String, String>,
) -> String {
    let mut text = format!(
        "# {name}\n\nA client for {} operations of Stripe's API, version `{}`, generated by `cargo xtask regen --slice`.\n\n\
         | operation | method |\n| --- | --- |\n",
        report.operations.len(),
        report.version
    );
    for operation in &slice.operations {
        let _ = writeln!(
            text,
            "| `{}` | `client.{}().{}(…)` |",
            operation.key, operation.resource, operation.function
        );
    }
    let cut = report.cut.iter().map(|(component, places)| {
        let places = places.len();
        format!("`{component}`, referred to in {places} places")
    });
    section(
        &mut text,
        "Cut",
        "References to these objects are ids, or raw JSON where they are expanded or embedded.",
        cut,
    );
    let refused = refused
        .iter()
        .map(|operation| format!("`{}`: {}", operation.key, operation.reason));
    section(
        &mut text,
        "Left out",
        "These operations cannot be expressed.",
        refused,
    );
    let untyped = untyped
        .iter()
        .map(|(at, account)| format!("`{at}`: {account}"));
    section(
        &mut text,
        "Without a type of their own",
        "Nothing of the objects in these places is lost: what the type does not have is in `extra`.",
        untyped,
    );
    text
}

/// A list under a heading; nothing where there is nothing to list.
fn section(
    text: &mut String,
    heading: &str,
    introduction: &str,
    items: impl Iterator<Item = String>,
) {
    let mut items = items.peekable();
    if items.peek().is_some() {
        let _ = writeln!(text, "\n## {heading}\n\n{introduction}\n");
    }
    for item in items {
        let _ = writeln!(text, "- {item}");
    }
}

fn refused(problem: String, mend: &str) -> Error {
    Error::new(Stage::Slice, Pointer::root(), problem, mend)
}
