//! `service.rs`: what the crate says of itself in every request.

use super::file::File;
use super::input::Input;

pub(super) fn file(input: &Input<'_>) -> File {
    let version = input.document["info"]["version"]
        .as_str()
        .unwrap_or_default();
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
