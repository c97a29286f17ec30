//! The names that a crate has given, as a file of its own keeps them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Error, Pointer, Result, Stage};

/// The names that a crate has given.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Recorded {
    /// `resource.method` of each operation, by `GET /path`.
    #[serde(default)]
    pub(crate) operations: BTreeMap<String, String>,
    /// The name of each type, by what it is the name of.
    #[serde(default)]
    pub(crate) types: BTreeMap<String, String>,
}

impl Recorded {
    /// Reads the text of the file.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        toml::from_str(text).map_err(|error| {
            Error::new(
                Stage::Slice,
                Pointer::root(),
                format!(
                    "the names that the crate has given cannot be read: {}",
                    error.message()
                ),
                "restore src/generated/names.toml, or delete it to have all names given anew",
            )
        })
    }

    /// The text of the file, without its head.
    pub(crate) fn text(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }
}
