//! Addresses that events can be delivered to.

use reqwest::Url;

/// The address of an endpoint, if events can be delivered to it.
pub(crate) fn target(url: &str) -> Option<Url> {
    let url: Url = url.parse().ok()?;
    let web = url.scheme() == "http" || url.scheme() == "https";
    (web && url.has_host()).then_some(url)
}
