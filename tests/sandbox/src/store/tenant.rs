//! Whose data it is.

/// Whose data it is: an account, live or not. Tenants do not see each other.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize, serde::Serialize,
)]
pub(crate) struct Tenant {
    pub(crate) account: String,
    pub(crate) livemode: bool,
}
