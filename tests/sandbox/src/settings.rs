//! Settings for behaviour of the real API that is unknown, or differs by deployment.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::api::{Document, Operation, version};
use crate::choices::{
    ConflictType, DisconnectedData, KeyPolicy, LimitPolicy, NotFoundParam, Repeat,
    TransactionOrder, UnknownFilter, VersionPolicy,
};
use crate::errors::{ControlError, ControlResult};

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
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Which keys are accepted.
    pub keys: KeyPolicy,
    /// Whether well-formed live keys are accepted, for other data than that of test keys. They are
    /// refused at first, so that a key of real accounts is not sent here unnoticed.
    pub live_keys: bool,
    /// Keys that have expired.
    pub expired_keys: Vec<String>,
    /// Restricted keys, and the operations that each allows, as in `accounts.list`.
    pub restricted_keys: BTreeMap<String, Vec<Operation>>,
    /// The version of requests without a `Stripe-Version` header: the account's own.
    pub default_version: String,
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
    /// How many transactions a day brings at most for an account that is subscribed to them.
    pub daily_transactions: u32,
    /// How many days back transactions can be listed.
    pub transaction_days: u32,
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
            keys: KeyPolicy::Any,
            live_keys: false,
            expired_keys: Vec::new(),
            restricted_keys: BTreeMap::new(),
            default_version: Document::get().version().to_owned(),
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
            daily_transactions: 2,
            transaction_days: 180,
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

impl Settings {
    /// These settings with some of them changed.
    pub(crate) fn merged(&self, changes: Map<String, Value>) -> ControlResult<Self> {
        let wrong = |error: serde_json::Error| {
            ControlError::new(format!("the settings are wrong: {error}"))
        };
        let mut settings = serde_json::to_value(self).map_err(wrong)?;
        if let Value::Object(settings) = &mut settings {
            settings.extend(changes);
        }
        serde_json::from_value(settings).map_err(wrong)
    }

    /// Whether each value is one that a sandbox can have.
    pub(crate) fn check(&self) -> ControlResult<()> {
        const YEAR: i64 = 366 * 86_400;
        let seconds = |name: &str, value: i64| {
            if (0..=YEAR).contains(&value) {
                return Ok(());
            }
            Err(ControlError::new(format!(
                "`{name}` must be a number of seconds of up to a year, and is {value}"
            )))
        };
        seconds("refresh_cooldown_seconds", self.refresh_cooldown_seconds)?;
        seconds("refresh_seconds", self.refresh_seconds.unwrap_or(0))?;
        for wait in &self.webhook_retry_seconds {
            seconds("webhook_retry_seconds", *wait)?;
        }
        if self.webhook_retry_seconds.len() > 20 {
            return Err(ControlError::new(
                "`webhook_retry_seconds` may have 20 entries",
            ));
        }
        if self.daily_transactions > 100 {
            return Err(ControlError::new("`daily_transactions` may be 100"));
        }
        version::check(&self.default_version, self.versions)
            .map_err(|error| ControlError::new(format!("`default_version`: {}", error.message)))?;
        for (name, noun) in [
            ("account_noun", &self.account_noun),
            ("session_noun", &self.session_noun),
            ("transaction_noun", &self.transaction_noun),
        ] {
            if noun.is_empty() || noun.len() > 200 {
                return Err(ControlError::new(format!(
                    "`{name}` must have 1 to 200 characters"
                )));
            }
        }
        Ok(())
    }
}
