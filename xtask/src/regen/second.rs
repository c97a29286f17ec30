//! The second slice: the crate of a made-up document, which is kept fresh as the client is.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Result;
use codegen::{CrateSources, RuntimeSource, Stage};

use crate::paths::{SECOND, SECOND_DOCUMENT, SECOND_SLICE, in_workspace, read};
use crate::progress::Progress;

const NAME: &str = "stripe-second-slice";

/// The files of the crate by their paths. Its manifest is not generated: it is that of a member of
/// this workspace.
pub(super) fn generate() -> Result<BTreeMap<PathBuf, String>> {
    let document = read(&in_workspace(SECOND_DOCUMENT))?;
    let slice = read(&in_workspace(SECOND_SLICE))?;
    let sources = CrateSources {
        document: &document,
        slice: &slice,
        // The document's words are our own, and the crate's items must be documented.
        prose: true,
        name: NAME,
        // Goes into the manifest alone.
        runtime: RuntimeSource::Path(""),
    };
    let progress = Progress::new();
    let slice =
        codegen::slice_crate(&sources, &mut |stage| progress.show(stage)).map_err(|error| {
            let source = match error.stage() {
                Stage::Slice => SECOND_SLICE,
                _ => SECOND_DOCUMENT,
            };
            anyhow::Error::new(error).context(source)
        })?;
    let directory = in_workspace(SECOND);
    Ok(slice
        .files
        .into_iter()
        .map(|(name, text)| (directory.join(name), text))
        .collect())
}
