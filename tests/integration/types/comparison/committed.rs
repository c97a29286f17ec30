//! What the committed document and the committed types say.

use std::sync::OnceLock;

use super::document::{self, Reading};
use super::facts::Facts;
use super::{names, source};

pub(crate) fn reading() -> &'static Reading {
    static READING: OnceLock<Reading> = OnceLock::new();
    READING.get_or_init(|| document::read(names::marked()))
}

pub(crate) fn types() -> &'static Facts {
    static TYPES: OnceLock<Facts> = OnceLock::new();
    TYPES.get_or_init(|| source::read(source::committed()).unwrap())
}
