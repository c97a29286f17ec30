//! What a slice's crate is made of.

/// The version of the generator.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The texts that a slice's crate is made of.
#[derive(Clone, Copy, Debug)]
pub struct CrateSources<'t> {
    /// The upstream document, whole.
    pub document: &'t str,
    /// The slice file.
    pub slice: &'t str,
    /// The version of the API that the crate asks for; the document's `info.version` unless set.
    pub api_version: Option<&'t str>,
    /// The trimmed document that the crate was last made from, to tell what changed since.
    pub previous: Option<&'t str>,
    /// Whether the document's own descriptions become the documentation.
    pub prose: bool,
    /// The name of the package.
    pub package: &'t str,
    /// The name by which Rust code calls the crate; that of the package unless set.
    pub crate_name: Option<&'t str>,
    /// Where the crate finds the runtime.
    pub runtime: RuntimeSource<'t>,
    /// The text of [`NAMES`](super::NAMES) as the crate has it, if it was made before: what has a name
    /// keeps it.
    pub names: Option<&'t str>,
}

/// Where a crate finds the runtime.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum RuntimeSource<'t> {
    /// In this folder, from the crate's own.
    Path(&'t str),
    /// In the registry, at this version or one compatible with it.
    Version(&'t str),
}
