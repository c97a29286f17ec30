//! Reading the generated files.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::declared::Source;
use super::{operations, shapes};
use crate::comparison::facts::Facts;

/// The generated files, by name.
pub(crate) type Files = BTreeMap<&'static str, String>;

macro_rules! files {
    ($( $name:literal ),*) => {
        [$( ($name, include_str!(concat!("../../../../../client/src/generated/", $name)).to_owned()) ),*]
    };
}

/// The committed files.
pub(crate) fn committed() -> &'static Files {
    static FILES: OnceLock<Files> = OnceLock::new();
    FILES.get_or_init(|| {
        files!(
            "accounts.rs",
            "client.rs",
            "enums.rs",
            "ids.rs",
            "json_schemas.rs",
            "mod.rs",
            "objects.rs",
            "parameters.rs",
            "service.rs",
            "sessions.rs",
            "transactions.rs"
        )
        .into()
    })
}

/// Reads the files.
///
/// # Errors
///
/// When one is not Rust, or not of the form that generated files have.
pub(crate) fn read(files: &Files) -> syn::Result<Facts> {
    let files: BTreeMap<&str, syn::File> = files
        .iter()
        .map(|(name, text)| Ok((*name, syn::parse_file(text)?)))
        .collect::<syn::Result<_>>()?;
    of(&files)
}

/// Reads files that are parsed already.
pub(crate) fn of(files: &BTreeMap<&str, syn::File>) -> syn::Result<Facts> {
    let mut source = Source::default();
    for file in files.values() {
        source.declare(file)?;
    }
    let mut facts = Facts::default();
    for file in files.values() {
        shapes::say(&source, file, &mut facts)?;
    }
    operations::say(&source, files, &mut facts)?;
    Ok(facts)
}
