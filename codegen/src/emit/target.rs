//! The crate that the text is generated for.

/// The crate that the text is generated for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'t> {
    /// The first lines of every file.
    pub(crate) head: &'t str,
    /// The name by which Rust code calls the crate.
    pub(crate) crate_name: &'t str,
}
