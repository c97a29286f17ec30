//! `service.rs`: what the crate says of itself in every request.

use super::file::File;
use crate::model::Crate;

pub(super) fn file(made: &Crate) -> File {
    let version = &made.version;
    let mut file = File::new(
        "service.rs",
        "What this crate says of itself in every request.",
    );
    file.push(&format!(
        "/// The version of the API that this crate is generated from, and asks for in every request.
pub const API_VERSION: &str = {version:?};

pub(super) static SERVICE: v1::Service = v1::Service::new(
    concat!(env!(\"CARGO_PKG_NAME\"), \"-rust/\", env!(\"CARGO_PKG_VERSION\")),
    API_VERSION,
);
"
    ));
    file
}
