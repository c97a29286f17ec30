//! `Cargo.toml` of a slice's crate.

use super::part::{self, Comment};
use super::sources::{CrateSources, RuntimeSource};

/// `Cargo.toml` of a new crate. Only the forwarding of features is generated again later.
pub(super) fn manifest(sources: &CrateSources<'_>) -> String {
    let (package, rust) = (sources.package, env!("CARGO_PKG_RUST_VERSION"));
    let runtime = match sources.runtime {
        RuntimeSource::Path(path) => format!("path = {}", toml::Value::from(path)),
        RuntimeSource::Version(version) => format!("version = {}", toml::Value::from(version)),
    };
    let features = part::marked(Comment::Toml, FEATURES);
    format!(
        r#"[package]
name = "{package}"
version = "0.1.0"
description = "Client for a part of Stripe's API"
edition = "2024"
rust-version = "{rust}"
publish = false

# The crate is a workspace of its own, even below the folder of another. Remove this to make it a
# member of yours.
[workspace]

[features]
{features}default = ["rustls"]

[dependencies]
stripe-client-runtime = {{ {runtime} }}

[dev-dependencies]
insta = {{ version = "1.44", default-features = false }}
"#
    )
}

const FEATURES: &str = r#"rustls = ["stripe-client-runtime/rustls"]
native-tls = ["stripe-client-runtime/native-tls"]
blocking = ["stripe-client-runtime/blocking"]
schemars = ["stripe-client-runtime/schemars"]
webhook = ["stripe-client-runtime/webhook"]
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runtime_is_where_its_user_says() {
        for (runtime, key, value) in [
            (RuntimeSource::Version("0.1"), "version", "0.1"),
            (RuntimeSource::Path("../a \"b\""), "path", "../a \"b\""),
        ] {
            let sources = CrateSources {
                document: "",
                slice: "",
                api_version: None,
                previous: None,
                prose: false,
                package: "stripe-new",
                crate_name: None,
                runtime,
                names: None,
            };
            let manifest: toml::Table = manifest(&sources).parse().unwrap();
            let dependency = manifest["dependencies"]["stripe-client-runtime"]
                .as_table()
                .unwrap();
            assert_eq!(dependency.len(), 1);
            assert_eq!(dependency[key].as_str(), Some(value));
            assert!(manifest["dev-dependencies"].get("insta").is_some());
            let features = &manifest["features"];
            assert_eq!(features["default"], toml::Value::from(vec!["rustls"]));
            for feature in ["rustls", "native-tls", "blocking", "schemars", "webhook"] {
                let forwarded = format!("stripe-client-runtime/{feature}");
                assert_eq!(features[feature], toml::Value::from(vec![forwarded]));
            }
        }
    }
}
