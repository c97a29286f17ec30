//! Events by the names of their types.

use super::handle::Control;
use crate::errors::{ControlError, ControlResult};
use crate::kinds::{AccountNumberStatus, DeactivationCause, Feature};
use crate::objects::{AccountNumber, ExpectedDeactivation, NewAccount};
use crate::store::Row;
use crate::work::Work;

/// What comes before the name of an event of an account.
const PREFIX: &str = "financial_connections.account.";
/// The events that can be triggered, without the prefix.
const NAMES: [&str; 12] = [
    "created",
    "deactivated",
    "disconnected",
    "reactivated",
    "refreshed_balance",
    "refreshed_ownership",
    "refreshed_transactions",
    "account_numbers_updated",
    "upcoming_account_number_expiry",
    "expected_deactivation_date_updated",
    "supported_payment_method_types_updated",
    "upcoming_deactivation",
];
const THIRTY_DAYS: i64 = 30 * 86_400;

impl Control {
    /// Lets happen what an event of this type tells, such as
    /// `financial_connections.account.refreshed_balance`, to an account or to a new one, and gives
    /// the id of the event.
    ///
    /// # Errors
    ///
    /// When the sandbox does not cause events of this type, when there is no such account, or when
    /// it cannot happen to it: a disconnected account has no further events.
    pub fn trigger(&self, kind: &str, account: Option<&str>) -> ControlResult<String> {
        let name = kind.strip_prefix(PREFIX).unwrap_or_default();
        if !NAMES.contains(&name) {
            return Err(ControlError::new(format!(
                "`type` must be {PREFIX} and one of {}",
                NAMES.join(", ")
            )));
        }
        self.work(|work| {
            let row = match account {
                None => work.link(&NewAccount::new(), None),
                Some(_) if name == "created" => {
                    return Err(ControlError::new("an account is created once"));
                }
                Some(id) => existing(work, id)?,
            };
            happen(work, row, name);
            // What is due at once, such as a warning.
            work.settle();
            work.newest_event(kind, row).ok_or_else(|| {
                ControlError::new(format!("{kind} cannot happen to this account now"))
            })
        })
    }
}

fn existing(work: &Work<'_>, id: &str) -> ControlResult<Row> {
    let found = work.ledger.accounts.find(id);
    let row = found.ok_or_else(|| ControlError::new(format!("there is no account {id} here")))?;
    if work.ledger.accounts.get(row).is_disconnected() {
        return Err(ControlError::new(format!(
            "the account {id} is disconnected, and nothing happens to it any more"
        )));
    }
    Ok(row)
}

fn happen(work: &mut Work<'_>, row: Row, name: &str) {
    match name {
        "deactivated" => {
            work.reactivate(row);
            work.deactivate(row);
        }
        "disconnected" => work.disconnect(row),
        "reactivated" => {
            work.deactivate(row);
            work.reactivate(row);
        }
        "refreshed_balance" => refresh(work, row, Feature::Balance),
        "refreshed_ownership" => refresh(work, row, Feature::Ownership),
        "refreshed_transactions" => refresh(work, row, Feature::Transactions),
        "account_numbers_updated" => number(work, row, None),
        "upcoming_account_number_expiry" => number(work, row, Some(work.now + THIRTY_DAYS)),
        "expected_deactivation_date_updated" => deactivation(work, row, 2 * THIRTY_DAYS),
        "upcoming_deactivation" => deactivation(work, row, THIRTY_DAYS),
        "supported_payment_method_types_updated" => {
            work.emit("supported_payment_method_types_updated", row);
        }
        _ => {}
    }
}

fn refresh(work: &mut Work<'_>, row: Row, feature: Feature) {
    work.reactivate(row);
    work.start_refresh(row, feature);
    work.end_refresh(row, feature);
}

fn number(work: &mut Work<'_>, row: Row, expiry: Option<i64>) {
    let number = AccountNumber {
        tokenized: true,
        status: AccountNumberStatus::Transactable,
        expected_expiry_date: expiry,
    };
    work.set_account_number(row, number);
}

fn deactivation(work: &mut Work<'_>, row: Row, ahead: i64) {
    work.reactivate(row);
    let expected = ExpectedDeactivation {
        date: work.now.saturating_add(ahead),
        cause: DeactivationCause::InstitutionRequirement,
        relink_required: true,
    };
    work.expect_deactivation(row, expected);
}
