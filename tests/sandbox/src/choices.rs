//! The choices that the settings offer.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What happens to a list's `limit` outside its range of 1 to 100.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LimitPolicy {
    /// Clamped to the range, as observed on a neighbouring endpoint.
    #[default]
    Clamp,
    /// Rejected, as the documented range suggests.
    Refuse,
}

/// The response to a request without an effect: a refresh that is not due, a second disconnect, a
/// second subscribe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Repeat {
    /// The account, unchanged.
    #[default]
    Unchanged,
    /// 400.
    Refuse,
}

/// What happens to an account's data when it is disconnected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DisconnectedData {
    /// The balance becomes null; transactions and owners are errors.
    #[default]
    Withheld,
    /// It stays readable.
    Kept,
}

/// The sort key of transactions, newest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TransactionOrder {
    /// By `transacted_at`, then by when they were first seen.
    #[default]
    TransactedAt,
    /// By when they were first seen.
    FirstSeen,
}

/// The response to an unknown id in a filter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum UnknownFilter {
    /// 400 with `resource_missing`.
    #[default]
    BadRequest,
    /// 404 with `resource_missing`.
    NotFound,
    /// An empty list, or, for `transaction_refresh[after]`, an unfiltered one.
    Ignore,
}

/// `error.param` if the id in the path is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NotFoundParam {
    /// The name of the path parameter, as in `account`.
    #[default]
    PathName,
    /// `id`, as on older endpoints.
    Id,
}

/// `error.type` of a conflict between two requests with one idempotency key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ConflictType {
    /// `idempotency_error`
    #[default]
    Idempotency,
    /// `invalid_request_error`
    InvalidRequest,
}

/// Which `Stripe-Version` headers are accepted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum VersionPolicy {
    /// The released versions that the sandbox knows, and their previews.
    #[default]
    Released,
    /// Everything of the form of a version.
    WellFormed,
}

/// Which keys are accepted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum KeyPolicy {
    /// Every well-formed test key. All of them see the same data.
    #[default]
    Any,
    /// The sandbox's key, and those made through the control surface.
    Listed,
}
