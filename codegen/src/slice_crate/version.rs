//! The version of the API that a slice's crate asks for.

use serde_json::Value;

use crate::{Error, Pointer, Result, Stage};

/// The longest text that is taken for a version.
const LONGEST: usize = 64;

/// Makes the version that is to be asked for the document's.
pub(super) fn settle(document: &mut Value, chosen: Option<&str>) -> Result<()> {
    let (at, version) = match chosen {
        Some(version) => (Pointer::root(), version),
        None => (
            Pointer::from(["info", "version"]),
            document["info"]["version"].as_str().unwrap_or_default(),
        ),
    };
    if !is_version(version) {
        return Err(Error::new(
            Stage::Parse,
            at,
            format!("`{}` is not a version of the API", version.escape_debug()),
            "give the version that every request should ask for: --api-version 2026-09-30.endive",
        ));
    }
    if let Some(version) = chosen {
        document["info"]["version"] = version.into();
    }
    Ok(())
}

/// Begins with a digit and is one word: `2026-09-30.endive`, `2022-11-15`, `1.0`.
fn is_version(text: &str) -> bool {
    text.len() <= LONGEST
        && text.starts_with(|first: char| first.is_ascii_digit())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn settled(version: &str, chosen: Option<&str>) -> std::result::Result<Value, String> {
        let mut document = json!({ "info": { "version": version } });
        settle(&mut document, chosen).map_err(|error| error.to_string())?;
        Ok(document["info"]["version"].take())
    }

    #[test]
    fn the_documents_version_is_taken_unless_another_is_chosen() {
        for version in [
            "2026-09-30.endive",
            "2022-11-15",
            "2020-08-27.preview",
            "1.0",
        ] {
            assert_eq!(settled(version, None).unwrap(), version);
            assert_eq!(settled("nothing", Some(version)).unwrap(), version);
        }
    }

    #[test]
    fn what_is_no_version_is_refused() {
        let long = "1".repeat(LONGEST + 1);
        for version in [
            "Wed Oct 15 2025 13:53:19 GMT+0000",
            "2025-10-15T13:53:19.000Z",
            "",
            "latest",
            "2020-01-01\r\nX: y",
            "2020-01-01\"",
            "２０２０-01-01",
            &long,
        ] {
            let error = settled(version, None).unwrap_err();
            assert!(error.contains("/info/version"), "{error}");
            assert!(error.contains("--api-version"), "{error}");
            settled("2020-01-01", Some(version)).unwrap_err();
        }
    }
}
