//! The `Stripe-Version` header.

use axum::http::HeaderMap;

use crate::choices::VersionPolicy;
use crate::errors::ApiError;

/// The versions of the last years. All of them get responses in the shape of the pinned one.
const RELEASED: [&str; 33] = [
    "2020-08-27",
    "2022-08-01",
    "2022-11-15",
    "2023-08-16",
    "2023-10-16",
    "2024-04-10",
    "2024-06-20",
    "2024-09-30.acacia",
    "2024-10-28.acacia",
    "2024-11-20.acacia",
    "2024-12-18.acacia",
    "2025-01-27.acacia",
    "2025-02-24.acacia",
    "2025-03-31.basil",
    "2025-04-30.basil",
    "2025-05-28.basil",
    "2025-06-30.basil",
    "2025-07-30.basil",
    "2025-08-27.basil",
    "2025-09-30.clover",
    "2025-10-29.clover",
    "2025-11-17.clover",
    "2025-12-15.clover",
    "2026-01-28.clover",
    "2026-02-25.clover",
    "2026-03-25.dahlia",
    "2026-04-22.dahlia",
    "2026-05-27.dahlia",
    "2026-06-24.dahlia",
    "2026-07-29.dahlia",
    "2026-08-26.dahlia",
    "2026-09-30.endive",
    "2026-10-28.endive",
];

/// The version of a response: the header's, or the account's default.
pub(crate) fn negotiate(
    headers: &HeaderMap,
    policy: VersionPolicy,
    default: &str,
) -> Result<String, ApiError> {
    let Some(header) = headers.get("stripe-version") else {
        return Ok(default.to_owned());
    };
    let version = header.to_str().unwrap_or_default();
    check(version, policy)?;
    Ok(version.to_owned())
}

/// Whether a version is accepted.
pub(crate) fn check(version: &str, policy: VersionPolicy) -> Result<(), ApiError> {
    let known = match policy {
        VersionPolicy::Released => released(version),
        VersionPolicy::WellFormed => well_formed(version),
    };
    if known {
        Ok(())
    } else {
        Err(ApiError::invalid(format!(
            "Invalid Stripe API version: {version}"
        )))
    }
}

fn released(version: &str) -> bool {
    // Beta features are appended, as in `2026-09-30.endive; some_beta=v1`.
    let version = version.split(';').next().unwrap_or_default().trim();
    match version.strip_suffix(".preview") {
        Some(date) => RELEASED.iter().any(|known| known.starts_with(date)) && date.len() == 10,
        None => RELEASED.contains(&version),
    }
}

fn well_formed(version: &str) -> bool {
    let (date, name) = version.split_once('.').unwrap_or((version, "x"));
    let shape: String = date
        .chars()
        .map(|letter| if letter.is_ascii_digit() { '0' } else { letter })
        .collect();
    shape == "0000-00-00" && !name.is_empty()
}
