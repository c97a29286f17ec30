//! From the model of a crate to its text.
//!
//! Each of the printing modules makes one generated file (`requests` one for each resource), and
//! [`mod@file`] adds the head and the imports. Data only: every policy is in the hand-written runtime.
//!
//! | the model has | the text has |
//! | --- | --- |
//! | an object | a struct and `object!` |
//! | parameters | a struct with `new` and setters, and `params!` |
//! | an enum | an open one, `open_enum!` |
//! | a union | an enum of boxed objects, `union!` |
//! | an operation | a method of its resource, and a request type with setters |
//!
//! No word of a document gets into the text but as an identifier that [`names`](crate::names) has
//! given, as an escaped literal, or as a line of a doc comment.

mod arguments;
mod client;
mod docs;
mod enums;
mod error;
mod file;
mod imports;
mod index;
mod objects;
mod params;
mod requests;
mod root;
mod service;
mod setters;
mod surface;
mod target;
mod tokens;
mod unions;

use std::collections::BTreeMap;

pub(crate) use self::target::Target;
use crate::Result;
use crate::model::Crate;

/// The generated files, by their paths below the directory of generated code.
pub(crate) fn emit(made: &Crate, target: &Target<'_>) -> Result<BTreeMap<String, String>> {
    let index = index::Index::new(made);
    let mut objects = objects::file(made)?;
    unions::add(made, &mut objects)?;
    let mut files = vec![
        enums::ids(made)?,
        enums::enums(made)?,
        objects,
        params::file(made)?,
    ];
    for resource in &made.resources {
        files.push(requests::file(made, resource)?);
    }
    files.extend([
        service::file(made),
        client::file(made, target),
        root::file(made),
        root::json_schemas(made),
    ]);
    Ok(files
        .into_iter()
        .map(|file| file.render(&index, target))
        .collect())
}
