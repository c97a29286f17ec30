//! What the text of the generated files says.
//!
//! Reading the text rather than the compiled types lets the harness change it in process. That both
//! say the same is a test of its own.

mod operations;
mod rust_type;
pub(crate) mod shapes;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use syn::parse::{Parse, Parser};

use super::facts::Facts;

/// The generated files, by name.
pub(crate) type Files = BTreeMap<&'static str, String>;

macro_rules! files {
    ($( $name:literal ),*) => {
        [$( ($name, include_str!(concat!("../../../../client/src/generated/", $name)).to_owned()) ),*]
    };
}

/// The committed files.
pub(crate) fn committed() -> &'static Files {
    static FILES: OnceLock<Files> = OnceLock::new();
    FILES.get_or_init(|| {
        files!(
            "accounts.rs",
            "enums.rs",
            "ids.rs",
            "mod.rs",
            "objects.rs",
            "parameters.rs",
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

/// What the files declare.
#[derive(Default)]
struct Source {
    ids: BTreeSet<String>,
    /// Structs and enums that are types of the API.
    types: BTreeSet<String>,
    /// The fields of every struct.
    structs: BTreeMap<String, BTreeMap<String, syn::Type>>,
}

impl Source {
    fn declare(&mut self, file: &syn::File) -> syn::Result<()> {
        for item in &file.items {
            match item {
                syn::Item::Enum(item) => {
                    self.types.insert(item.ident.to_string());
                }
                syn::Item::Struct(item) => {
                    let fields = item.fields.iter().filter_map(|field| {
                        Some((field.ident.as_ref()?.to_string(), field.ty.clone()))
                    });
                    self.structs
                        .insert(item.ident.to_string(), fields.collect());
                }
                syn::Item::Macro(item) if item.mac.path.is_ident("id") => {
                    let id = Parser::parse2(
                        |input: syn::parse::ParseStream<'_>| {
                            input.call(syn::Attribute::parse_outer)?;
                            syn::Ident::parse(input)
                        },
                        item.mac.tokens.clone(),
                    )?;
                    self.ids.insert(id.to_string());
                }
                syn::Item::Macro(item) if shapes::is_object(&item.mac) => {
                    let lines: shapes::Lines<shapes::Field> = item.mac.parse_body()?;
                    self.types.insert(lines.name.to_string());
                }
                _ => {}
            }
        }
        Ok(())
    }
}
