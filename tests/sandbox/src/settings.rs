//! Settings for behaviour of the real API that is unknown, or differs by deployment.

/// What happens to a list's `limit` outside its range of 1 to 100.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Repeat {
    /// The account, unchanged.
    #[default]
    Unchanged,
    /// 400.
    Refuse,
}

/// What happens to an account's data when it is disconnected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum DisconnectedData {
    /// The balance becomes null; transactions and owners are errors.
    #[default]
    Withheld,
    /// It stays readable.
    Kept,
}

/// The sort key of transactions, newest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransactionOrder {
    /// By `transacted_at`, then by when they were first seen.
    #[default]
    TransactedAt,
    /// By when they were first seen.
    FirstSeen,
}

/// The response to an unknown id in a filter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotFoundParam {
    /// The name of the path parameter, as in `account`.
    #[default]
    PathName,
    /// `id`, as on older endpoints.
    Id,
}

/// `error.type` of a conflict between two requests with one idempotency key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConflictType {
    /// `idempotency_error`
    #[default]
    Idempotency,
    /// `invalid_request_error`
    InvalidRequest,
}

/// Which `Stripe-Version` headers are accepted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum VersionPolicy {
    /// The released versions that the sandbox knows, and their previews.
    #[default]
    Released,
    /// Everything of the form of a version.
    WellFormed,
}

/// Every behaviour that is a choice. The defaults are the best reading of the known facts; the
/// package's README has the reasons.
///
/// ```
/// # use stripe_financial_connections_sandbox::{LimitPolicy, Sandbox};
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// let sandbox = Sandbox::builder()
///     .settings(|settings| settings.out_of_range_limit = LimitPolicy::Refuse)
///     .start()
///     .await?;
/// # Ok::<_, std::io::Error>(()) })?;
/// # Ok::<_, std::io::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Settings {
    /// How many times a pending refresh is seen by a retrieve of its account before it ends:
    /// with 2, the first retrieve shows it pending, the second ended. `None`: not by retrieves.
    pub refresh_retrieves: Option<u32>,
    /// After how many seconds of the sandbox's clock a pending refresh ends. `None`: not by time.
    pub refresh_seconds: Option<i64>,
    /// How many seconds after its start the next refresh of the same kind is available.
    pub refresh_cooldown_seconds: i64,
    /// A refresh while one is pending or before the next one is available.
    pub refresh_not_available: Repeat,
    /// A disconnect of a disconnected account.
    pub disconnect_twice: Repeat,
    /// A subscribe of a subscribed account, and an unsubscribe of one that is not.
    pub subscribe_twice: Repeat,
    /// The data of a disconnected account.
    pub disconnected_data: DisconnectedData,
    /// `error.code` when a refresh or a subscription lacks the permission.
    pub missing_permission_code: Option<String>,
    /// `error.code` when a list is given more than one of the filters that exclude one another.
    pub filter_conflict_code: Option<String>,
    /// A limit below 1 or above 100.
    pub out_of_range_limit: LimitPolicy,
    /// What an account is called in `No such …`.
    pub account_noun: String,
    /// What a session is called in `No such …`.
    pub session_noun: String,
    /// What a transaction is called in `No such …`.
    pub transaction_noun: String,
    /// `error.param` for an unknown id in the path.
    pub not_found_param: NotFoundParam,
    /// `error.type` while a request with the same idempotency key is running.
    pub conflict_type: ConflictType,
    /// `Stripe-Should-Retry` of that conflict; `None`: no header.
    pub conflict_should_retry: Option<bool>,
    /// The order of transactions.
    pub transaction_order: TransactionOrder,
    /// A customer, session, account or refresh in a filter that does not exist.
    pub unknown_filter: UnknownFilter,
    /// Whether an ownership refresh gives a new snapshot id even when no owner has changed.
    pub ownership_id_always_new: bool,
    /// Whether owners of an ownership that is no longer the newest can still be listed.
    pub old_ownerships_readable: bool,
    /// Whether `prefetch` may name what `permissions` does not.
    pub prefetch_outside_permissions: bool,
    /// Whether the paths of before 2022 (`/v1/linked_accounts` and so on) exist.
    pub legacy_paths: bool,
    /// Which API versions are accepted.
    pub versions: VersionPolicy,
    /// Requests per second and account, in total and by operation, while rate limits are on.
    pub requests_per_second: u32,
    /// The waits, in seconds, before an event that was not acknowledged is delivered again.
    pub webhook_retry_seconds: Vec<i64>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            refresh_retrieves: Some(2),
            refresh_seconds: Some(30),
            refresh_cooldown_seconds: 1,
            refresh_not_available: Repeat::Unchanged,
            disconnect_twice: Repeat::Unchanged,
            subscribe_twice: Repeat::Unchanged,
            disconnected_data: DisconnectedData::Withheld,
            missing_permission_code: None,
            filter_conflict_code: Some("parameters_exclusive".to_owned()),
            out_of_range_limit: LimitPolicy::Clamp,
            account_noun: "financial connections account".to_owned(),
            session_noun: "financial connections session".to_owned(),
            transaction_noun: "financial connections transaction".to_owned(),
            not_found_param: NotFoundParam::PathName,
            conflict_type: ConflictType::Idempotency,
            conflict_should_retry: None,
            transaction_order: TransactionOrder::TransactedAt,
            unknown_filter: UnknownFilter::BadRequest,
            ownership_id_always_new: true,
            old_ownerships_readable: true,
            prefetch_outside_permissions: false,
            legacy_paths: false,
            versions: VersionPolicy::Released,
            requests_per_second: 25,
            webhook_retry_seconds: vec![60, 3_600],
        }
    }
}
