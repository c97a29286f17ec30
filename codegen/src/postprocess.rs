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
//! | `::runtime::Name` | `Name`, imported from the runtime's seam |
//! | an async method that sends | a request type with setters, and a method that makes it |
//!
//! [`read`] turns progenitor's output and the document into an [`input::Input`]; each of the printing
//! modules makes one generated file from it (`requests` one for each resource), and [`mod@file`] adds the
//! head and the imports.

mod arguments;
mod client;
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
mod service;
mod surface;
mod target;
mod texts;
mod unions;

use std::collections::BTreeMap;

use serde_json::Value;

pub(crate) use self::target::Target;
use crate::Result;

/// The generated files, by their paths below the directory of generated code.
pub(crate) fn postprocess(
    generated: &syn::File,
    document: &Value,
    target: &Target<'_>,
) -> Result<BTreeMap<String, String>> {
    let input = read::read(generated, document)?;
    let mut objects = objects::file(&input)?;
    unions::add(&input, &mut objects)?;
    let mut files = vec![
        texts::ids(&input)?,
        texts::enums(&input)?,
        objects,
        params::file(&input)?,
    ];
    let resources = input.resources();
    for resource in &resources {
        files.push(requests::file(&input, resource)?);
    }
    files.extend([
        service::file(&input),
        client::file(&input, &resources, target),
        root::file(&input, &resources),
        root::json_schemas(&input),
    ]);
    Ok(files
        .into_iter()
        .map(|file| file.render(&input, target))
        .collect())
}
