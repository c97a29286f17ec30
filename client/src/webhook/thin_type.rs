//! The kinds of thin events.

use stripe_client_runtime::UnknownValue;
use stripe_client_runtime::codegen::v1;

/// What happened, as a thin event names it in `type`.
///
/// **Which kinds are sent depends on the version of the API that the event destination has.** At the
/// version that this library is made for ([`API_VERSION`](crate::API_VERSION)) the end of a refresh is
/// `refreshed_balance`, `refreshed_ownership` or `refreshed_transactions`, in success and in failure:
/// fetch the account, and look at the status of its refresh. From version 2026-10-28 on these are no
/// longer sent, and success and failure are kinds of their own. A handler that may meet both matches both:
///
/// ```
/// # use stripe_financial_connections::webhook::{Error, ThinEvent, ThinEventType};
/// # let event = br#"{"id":"evt_1","object":"v2.core.event","type":"v1.financial_connections.account.refreshed_balance"}"#;
/// # let event = ThinEvent::from_slice_unverified(event)?;
/// match event.kind() {
///     ThinEventType::AccountRefreshedBalance
///     | ThinEventType::AccountBalanceRefreshSucceeded
///     | ThinEventType::AccountBalanceRefreshFailed => println!("a balance refresh ended"),
///     other => println!("nothing to do for {other}"),
/// }
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ThinEventType {
    /// The account numbers of an account changed.
    AccountAccountNumbersUpdated,
    /// A balance refresh failed. From version 2026-10-28 on.
    AccountBalanceRefreshFailed,
    /// A balance refresh succeeded. From version 2026-10-28 on.
    AccountBalanceRefreshSucceeded,
    /// A user linked an account.
    AccountCreated,
    /// An account became `inactive`, and its data can no longer be refreshed.
    AccountDeactivated,
    /// An account became `disconnected`, for good.
    AccountDisconnected,
    /// The date on which an account is expected to become `inactive` changed.
    AccountExpectedDeactivationDateUpdated,
    /// An inferred-balance refresh failed. From version 2026-10-28 on.
    AccountInferredBalancesRefreshFailed,
    /// An inferred-balance refresh succeeded. From version 2026-10-28 on.
    AccountInferredBalancesRefreshSucceeded,
    /// An ownership refresh failed. From version 2026-10-28 on.
    AccountOwnershipRefreshFailed,
    /// An ownership refresh succeeded. From version 2026-10-28 on.
    AccountOwnershipRefreshSucceeded,
    /// An `inactive` account became `active` again.
    AccountReactivated,
    /// A balance refresh ended, in success or in failure. Up to version 2026-09-30.
    AccountRefreshedBalance,
    /// An ownership refresh ended, in success or in failure. Up to version 2026-09-30.
    AccountRefreshedOwnership,
    /// A transaction refresh ended, in success or in failure. Up to version 2026-09-30.
    AccountRefreshedTransactions,
    /// A risk-intelligence refresh failed. From version 2026-10-28 on.
    AccountRiskIntelligenceRefreshFailed,
    /// A risk-intelligence refresh succeeded. From version 2026-10-28 on.
    AccountRiskIntelligenceRefreshSucceeded,
    /// The payment methods that an account can be used for changed.
    AccountSupportedPaymentMethodTypesUpdated,
    /// A transaction refresh failed. From version 2026-10-28 on.
    AccountTransactionsRefreshFailed,
    /// A transaction refresh succeeded. From version 2026-10-28 on.
    AccountTransactionsRefreshSucceeded,
    /// A tokenized account number is about to expire.
    AccountUpcomingAccountNumberExpiry,
    /// An account is expected to become `inactive` in 30 days.
    AccountUpcomingDeactivation,
    /// The date on which a bank's authorization is expected to end changed.
    AuthorizationExpectedDeactivationDateUpdated,
    /// A bank's authorization is expected to end in 30 days.
    AuthorizationUpcomingDeactivation,
    /// A value that this version does not know.
    UnknownValue(UnknownValue),
}

impl ThinEventType {
    /// The values that this version knows.
    pub const KNOWN: &'static [&'static str] = &[
        "v1.financial_connections.account.account_numbers_updated",
        "v1.financial_connections.account.balance_refresh_failed",
        "v1.financial_connections.account.balance_refresh_succeeded",
        "v1.financial_connections.account.created",
        "v1.financial_connections.account.deactivated",
        "v1.financial_connections.account.disconnected",
        "v1.financial_connections.account.expected_deactivation_date_updated",
        "v1.financial_connections.account.inferred_balances_refresh_failed",
        "v1.financial_connections.account.inferred_balances_refresh_succeeded",
        "v1.financial_connections.account.ownership_refresh_failed",
        "v1.financial_connections.account.ownership_refresh_succeeded",
        "v1.financial_connections.account.reactivated",
        "v1.financial_connections.account.refreshed_balance",
        "v1.financial_connections.account.refreshed_ownership",
        "v1.financial_connections.account.refreshed_transactions",
        "v1.financial_connections.account.risk_intelligence_refresh_failed",
        "v1.financial_connections.account.risk_intelligence_refresh_succeeded",
        "v1.financial_connections.account.supported_payment_method_types_updated",
        "v1.financial_connections.account.transactions_refresh_failed",
        "v1.financial_connections.account.transactions_refresh_succeeded",
        "v1.financial_connections.account.upcoming_account_number_expiry",
        "v1.financial_connections.account.upcoming_deactivation",
        "v1.financial_connections.authorization.expected_deactivation_date_updated",
        "v1.financial_connections.authorization.upcoming_deactivation",
    ];

    /// The value as the API writes it, a known one as well as an unknown one.
    pub fn as_str(&self) -> &str {
        match self {
            Self::AccountAccountNumbersUpdated => {
                "v1.financial_connections.account.account_numbers_updated"
            }
            Self::AccountBalanceRefreshFailed => {
                "v1.financial_connections.account.balance_refresh_failed"
            }
            Self::AccountBalanceRefreshSucceeded => {
                "v1.financial_connections.account.balance_refresh_succeeded"
            }
            Self::AccountCreated => "v1.financial_connections.account.created",
            Self::AccountDeactivated => "v1.financial_connections.account.deactivated",
            Self::AccountDisconnected => "v1.financial_connections.account.disconnected",
            Self::AccountExpectedDeactivationDateUpdated => {
                "v1.financial_connections.account.expected_deactivation_date_updated"
            }
            Self::AccountInferredBalancesRefreshFailed => {
                "v1.financial_connections.account.inferred_balances_refresh_failed"
            }
            Self::AccountInferredBalancesRefreshSucceeded => {
                "v1.financial_connections.account.inferred_balances_refresh_succeeded"
            }
            Self::AccountOwnershipRefreshFailed => {
                "v1.financial_connections.account.ownership_refresh_failed"
            }
            Self::AccountOwnershipRefreshSucceeded => {
                "v1.financial_connections.account.ownership_refresh_succeeded"
            }
            Self::AccountReactivated => "v1.financial_connections.account.reactivated",
            Self::AccountRefreshedBalance => "v1.financial_connections.account.refreshed_balance",
            Self::AccountRefreshedOwnership => {
                "v1.financial_connections.account.refreshed_ownership"
            }
            Self::AccountRefreshedTransactions => {
                "v1.financial_connections.account.refreshed_transactions"
            }
            Self::AccountRiskIntelligenceRefreshFailed => {
                "v1.financial_connections.account.risk_intelligence_refresh_failed"
            }
            Self::AccountRiskIntelligenceRefreshSucceeded => {
                "v1.financial_connections.account.risk_intelligence_refresh_succeeded"
            }
            Self::AccountSupportedPaymentMethodTypesUpdated => {
                "v1.financial_connections.account.supported_payment_method_types_updated"
            }
            Self::AccountTransactionsRefreshFailed => {
                "v1.financial_connections.account.transactions_refresh_failed"
            }
            Self::AccountTransactionsRefreshSucceeded => {
                "v1.financial_connections.account.transactions_refresh_succeeded"
            }
            Self::AccountUpcomingAccountNumberExpiry => {
                "v1.financial_connections.account.upcoming_account_number_expiry"
            }
            Self::AccountUpcomingDeactivation => {
                "v1.financial_connections.account.upcoming_deactivation"
            }
            Self::AuthorizationExpectedDeactivationDateUpdated => {
                "v1.financial_connections.authorization.expected_deactivation_date_updated"
            }
            Self::AuthorizationUpcomingDeactivation => {
                "v1.financial_connections.authorization.upcoming_deactivation"
            }
            Self::UnknownValue(value) => value.as_str(),
        }
    }
}

v1::open_enum!(ThinEventType {
    AccountAccountNumbersUpdated = "v1.financial_connections.account.account_numbers_updated",
    AccountBalanceRefreshFailed = "v1.financial_connections.account.balance_refresh_failed",
    AccountBalanceRefreshSucceeded = "v1.financial_connections.account.balance_refresh_succeeded",
    AccountCreated = "v1.financial_connections.account.created",
    AccountDeactivated = "v1.financial_connections.account.deactivated",
    AccountDisconnected = "v1.financial_connections.account.disconnected",
    AccountExpectedDeactivationDateUpdated = "v1.financial_connections.account.expected_deactivation_date_updated",
    AccountInferredBalancesRefreshFailed = "v1.financial_connections.account.inferred_balances_refresh_failed",
    AccountInferredBalancesRefreshSucceeded = "v1.financial_connections.account.inferred_balances_refresh_succeeded",
    AccountOwnershipRefreshFailed = "v1.financial_connections.account.ownership_refresh_failed",
    AccountOwnershipRefreshSucceeded = "v1.financial_connections.account.ownership_refresh_succeeded",
    AccountReactivated = "v1.financial_connections.account.reactivated",
    AccountRefreshedBalance = "v1.financial_connections.account.refreshed_balance",
    AccountRefreshedOwnership = "v1.financial_connections.account.refreshed_ownership",
    AccountRefreshedTransactions = "v1.financial_connections.account.refreshed_transactions",
    AccountRiskIntelligenceRefreshFailed = "v1.financial_connections.account.risk_intelligence_refresh_failed",
    AccountRiskIntelligenceRefreshSucceeded = "v1.financial_connections.account.risk_intelligence_refresh_succeeded",
    AccountSupportedPaymentMethodTypesUpdated = "v1.financial_connections.account.supported_payment_method_types_updated",
    AccountTransactionsRefreshFailed = "v1.financial_connections.account.transactions_refresh_failed",
    AccountTransactionsRefreshSucceeded = "v1.financial_connections.account.transactions_refresh_succeeded",
    AccountUpcomingAccountNumberExpiry = "v1.financial_connections.account.upcoming_account_number_expiry",
    AccountUpcomingDeactivation = "v1.financial_connections.account.upcoming_deactivation",
    AuthorizationExpectedDeactivationDateUpdated = "v1.financial_connections.authorization.expected_deactivation_date_updated",
    AuthorizationUpcomingDeactivation = "v1.financial_connections.authorization.upcoming_deactivation",
});
