//! Settings from a file.

use std::io;
use std::path::Path;

use crate::settings::Settings;

/// Reads settings. What the file does not name keeps its default.
pub(super) fn read(path: &Path) -> io::Result<Settings> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| wrong(path, &format!("cannot be read: {error}")))?;
    let json = path.extension().is_some_and(|end| end == "json");
    let settings: Settings = if json {
        serde_json::from_str(&text).map_err(|error| wrong(path, &error))?
    } else {
        toml::from_str(&text).map_err(|error| wrong(path, &error))?
    };
    settings.check().map_err(|error| wrong(path, &error))?;
    Ok(settings)
}

pub(super) fn wrong(path: &Path, error: &impl std::fmt::Display) -> io::Error {
    io::Error::other(format!("{}: {error}", path.display()))
}
