//! The order in which the folders of a crate stand on one another.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::folders::{Location, folders};
use crate::imports::{Import, Imports};

/// The layers of a crate, the lowest first, each the folders and stems of files that stand side by side.
///
/// `lib` stands on all of them, and `main` and `bin` stand on `lib`: these are not listed.
#[derive(Clone, Debug, Default)]
pub struct Order(pub Vec<Vec<String>>);

/// What breaks an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Violation {
    /// A layer imports a higher one.
    Upward(Import),
    /// Two entries of one layer import one another.
    Sideward(Import),
    /// A folder or file is in no layer.
    Unlisted(String),
    /// A layer has an entry that does not exist.
    Missing(String),
    /// An entry is in two layers, or is one that is not to be listed.
    Superfluous(String),
}

/// The roots of crates, which stand above all layers, the lowest first.
const ROOTS: [&[&str]; 2] = [&["lib"], &["main", "bin"]];

impl Order {
    /// What of a crate's imports breaks the order.
    pub fn violations(&self, imports: &Imports) -> Vec<Violation> {
        let mut found = Vec::new();
        let mut heights = BTreeMap::new();
        for (above, roots) in ROOTS.iter().enumerate() {
            heights.extend(roots.iter().map(|&root| (root, self.0.len() + above)));
        }
        for (height, layer) in self.0.iter().enumerate() {
            for entry in layer {
                if heights.contains_key(entry.as_str()) {
                    found.push(Violation::Superfluous(entry.clone()));
                } else {
                    heights.insert(entry, height);
                }
            }
        }
        let known = folders(&imports.files);
        let entry = |file| Location::of(file, &known).entry(&[]).unwrap_or_default();
        let entries: BTreeSet<_> = imports.files.iter().map(|file| entry(file)).collect();
        let owned = |entry: &&str| (*entry).to_owned();
        let unlisted = entries
            .iter()
            .filter(|entry| !heights.contains_key(**entry));
        found.extend(unlisted.map(owned).map(Violation::Unlisted));
        let listed = self.0.iter().flatten();
        let missing = listed.filter(|entry| !entries.contains(entry.as_str()));
        found.extend(missing.cloned().map(Violation::Missing));
        for import in &imports.imports {
            let (from, to) = (entry(&import.from), entry(&import.to));
            match (heights.get(from), heights.get(to)) {
                (Some(low), Some(high)) if low < high => {
                    found.push(Violation::Upward(import.clone()));
                }
                (Some(one), Some(other)) if one == other && from != to => {
                    found.push(Violation::Sideward(import.clone()));
                }
                _ => {}
            }
        }
        found
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Upward(import) => write!(
                out,
                "upward: {import}\n  help: move what it names down, or {} up in the list of layers",
                import.from
            ),
            Self::Sideward(import) => write!(
                out,
                "within a layer: {import}\n  help: give one of them a layer of its own"
            ),
            Self::Unlisted(entry) => write!(
                out,
                "`{entry}` is in no layer\n  help: add it to the list, as low as its imports allow"
            ),
            Self::Missing(entry) => write!(
                out,
                "`{entry}` is in a layer and does not exist\n  help: take it off the list"
            ),
            Self::Superfluous(entry) => write!(
                out,
                "`{entry}` is listed twice, or a crate's root, which stands above all layers\n  help: take it off the list"
            ),
        }
    }
}
