//! Which files of a crate import which.

use std::collections::BTreeMap;
use std::fmt;

/// The files of a crate and their imports.
#[derive(Clone, Debug, Default)]
pub struct Imports {
    /// Paths below the source folder, with `/`.
    pub files: Vec<String>,
    /// One for each pair of files, sorted.
    pub imports: Vec<Import>,
}

/// That one file names what another defines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The file that names.
    pub from: String,
    /// The file that defines.
    pub to: String,
    /// What is named, with the first line that does.
    pub names: BTreeMap<String, usize>,
}

impl fmt::Display for Import {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, to, names } = self;
        let mut names: Vec<_> = names.iter().collect();
        names.sort_by_key(|(_, line)| **line);
        let mut names = names.into_iter();
        if let Some((name, line)) = names.next() {
            write!(out, "{from} names `{name}` of {to} (line {line})")?;
        }
        for (name, line) in names {
            write!(out, ", `{name}` (line {line})")?;
        }
        Ok(())
    }
}
