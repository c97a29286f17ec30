//! The second slice: the crate of a made-up document, which is kept fresh as the client is.

use anyhow::Result;
use codegen::RuntimeSource;

use super::project::{Inputs, Project, prepare};
use crate::paths::{SECOND, in_workspace};

/// What would be written. Its manifest is not generated: it is that of a member of this workspace.
pub(super) fn generate() -> Result<Project> {
    prepare(&Inputs {
        folder: &in_workspace(SECOND),
        slice: None,
        document: None,
        package: None,
        // Goes into the manifest of a new crate alone.
        runtime: RuntimeSource::Path(""),
        api_version: None,
        prose: None,
        force: false,
    })
}
