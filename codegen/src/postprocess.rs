//! From progenitor's output to the client's surface.
//!
//! Progenitor decides what types there are, the types of their fields, the names of fields and
//! variants in Rust, and what each operation takes and answers. This pass keeps those decisions and
//! rewrites the form: data only, with every policy in the hand-written runtime.
//!
//! | progenitor prints | this pass makes of it |
//! | --- | --- |
//! | a struct with serde's derives | the struct, `object!` (answers) or `params!` (parameters) |
//! | a closed enum | an open one, `open_enum!` |
//! | `::runtime::Name` | `Name`, imported from `crate::support` |
//! | an async method that sends | a request type with setters, and a method that makes it |
//!
//! [`read`] turns progenitor's output and the document into an [`input::Input`]; each of the printing
//! modules makes one generated file from it (`requests` one for each resource), and [`mod@file`] adds the
//! head and the imports.

mod arguments;
mod docs;
mod error;
mod file;
mod imports;
mod input;
mod objects;
mod params;
mod read;
mod requests;
mod root;
mod texts;
mod unions;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::Result;

/// The generated files, by their paths below the directory of generated code.
pub(crate) fn postprocess(
    generated: &syn::File,
    document: &Value,
) -> Result<BTreeMap<String, String>> {
    let input = read::read(generated, document)?;
    let mut files = vec![
        texts::ids(&input),
        texts::enums(&input)?,
        objects::file(&input)?,
        params::file(&input)?,
    ];
    files.extend(unions::file(&input)?);
    let mut resources = Vec::new();
    for resource in input.resources() {
        files.push(requests::file(&input, &resource)?);
        resources.push(resource);
    }
    files.push(root::file(&input, &resources));
    Ok(files.into_iter().map(|file| file.render(&input)).collect())
}
