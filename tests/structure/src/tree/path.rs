//! Paths as they are written.

/// A path, without generic arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NamePath {
    pub(crate) start: Start,
    pub(crate) names: Vec<String>,
}

/// Where the first name of a path is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    /// In the crate's root.
    Crate,
    /// Among the crates: the path begins with `::`.
    Crates,
    /// So many modules above the current one.
    Above(usize),
    /// Where it is written, and outwards from there.
    Here,
}

impl NamePath {
    /// Tells `crate`, `self` and `super` from names.
    pub(crate) fn new(of_crates: bool, names: Vec<String>) -> Self {
        if of_crates {
            return Self {
                start: Start::Crates,
                names,
            };
        }
        let ups = names
            .iter()
            .take_while(|name| matches!(name.as_str(), "self" | "super"))
            .count();
        let supers = names[..ups].iter().filter(|name| *name == "super").count();
        let (start, keywords) = match names.first().map(String::as_str) {
            Some("crate") => (Start::Crate, 1),
            Some("self" | "super") => (Start::Above(supers), ups),
            _ => (Start::Here, 0),
        };
        Self {
            start,
            names: names[keywords..].to_vec(),
        }
    }
}
