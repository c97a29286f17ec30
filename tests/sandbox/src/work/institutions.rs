//! Test institutions, which behave as their names say.

use super::unit::Work;
use crate::errors::{ControlError, ControlResult};
use crate::kinds::{AccountNumberStatus, DeactivationCause, Feature};
use crate::ledger::Task;
use crate::objects::{AccountNumber, ExpectedDeactivation, Failure, Holder, NewAccount, NewOwner};
use crate::store::Row;

const DAY: i64 = 86_400;
/// How long after linking an account becomes inactive, where it does so shortly after.
const SHORTLY: i64 = 60;

const DOWN: [(&str, &str); 3] = [
    ("Down (Scheduled)", "is down for planned maintenance"),
    (
        "Down (Unscheduled)",
        "is down, and nobody knows for how long",
    ),
    ("Down (Error)", "fails with an unknown error"),
];
const INVALID_PAYMENT: &str = "Invalid Payment Accounts";
const OWNERSHIP: &str = "Ownership Accounts";
const TOKENIZED: &str = "Tokenized Account Number";
const INACTIVE: &str = "Inactive Accounts";
const REAUTHENTICATES_NOW: &str = "Immediately Requires Reauthentication";
const REAUTHENTICATES_LATER: &str = "Eventually Requires Reauthentication";

/// Whether an institution's accounts can be paid from.
pub(super) fn is_payable(institution: &str) -> bool {
    institution != INVALID_PAYMENT
}

impl Work<'_> {
    /// Whether an account can be linked: its holder exists, and its bank is not down.
    pub(crate) fn check_link(&self, new: &NewAccount) -> ControlResult<()> {
        if let Some(holder) = &new.holder
            && !self.has_holder(holder)
        {
            let (Holder::Customer(id) | Holder::CustomerAccount(id) | Holder::Account(id)) = holder;
            return Err(ControlError::new(format!("there is no holder {id} here")));
        }
        let institution = new.institution.as_deref().unwrap_or_default();
        match DOWN.iter().find(|(name, _)| *name == institution) {
            Some((name, why)) => Err(ControlError::new(format!(
                "the user cannot link accounts of `{name}`: it {why}"
            ))),
            None => Ok(()),
        }
    }

    /// Whether a holder exists.
    pub(crate) fn has_holder(&self, holder: &Holder) -> bool {
        match holder {
            Holder::Customer(id) => self.ledger.customers.find(id).is_some(),
            Holder::CustomerAccount(id) => self.ledger.customer_accounts.contains_key(id),
            Holder::Account(id) => self.stripe_accounts.contains(id),
        }
    }

    /// What the bank of an account that was just linked does on its own.
    pub(super) fn behave(&mut self, row: Row) {
        let institution = self.ledger.accounts.get(row).institution.clone();
        match institution.as_str() {
            OWNERSHIP => self.vary_owners(row),
            TOKENIZED => self.tokenize(row),
            INACTIVE | REAUTHENTICATES_NOW => {
                self.deactivate_at(row, self.now.saturating_add(SHORTLY));
            }
            REAUTHENTICATES_LATER => self.expire_in(row, 30),
            _ => {}
        }
    }

    /// What it does once the user has linked the account again.
    pub(super) fn expire_again(&mut self, row: Row) {
        match self.ledger.accounts.get(row).institution.as_str() {
            REAUTHENTICATES_NOW => self.expire_in(row, 1),
            REAUTHENTICATES_LATER => self.expire_in(row, 30),
            _ => {}
        }
    }

    fn expire_in(&mut self, row: Row, days: i64) {
        let expected = ExpectedDeactivation {
            date: self.now.saturating_add(days * DAY),
            cause: DeactivationCause::InstitutionRequirement,
            relink_required: true,
        };
        self.expect_deactivation(row, expected);
    }

    fn deactivate_at(&mut self, account: Row, at: i64) {
        self.ledger.schedule.at(at, Task::Break { account });
    }

    /// One after the other: one owner, two, one of whom only the name is known, none, and a bank
    /// that does not tell.
    fn vary_owners(&mut self, row: Row) {
        let linked = self.linked_before(row, OWNERSHIP);
        let second = NewOwner::new(self.person().0);
        let bank = &mut self.ledger.accounts.get_mut(row).bank;
        match linked % 5 {
            1 => bank.owners.push(second),
            2 => bank.owners = vec![second],
            3 => bank.owners.clear(),
            4 => bank.failures.push(Failure {
                feature: Feature::Ownership,
                deactivates: false,
            }),
            _ => {}
        }
    }

    /// One after the other: a number that has expired, one that expires in thirty days, and one that
    /// is replaced at once.
    fn tokenize(&mut self, row: Row) {
        let (status, expiry) = match self.linked_before(row, TOKENIZED) % 3 {
            0 => (AccountNumberStatus::Deactivated, None),
            1 => (
                AccountNumberStatus::Transactable,
                Some(self.now.saturating_add(30 * DAY)),
            ),
            _ => (AccountNumberStatus::Transactable, None),
        };
        let number = AccountNumber {
            tokenized: true,
            status,
            expected_expiry_date: expiry,
        };
        self.set_account_number(row, number);
    }

    /// How many accounts of a bank its holder had before.
    fn linked_before(&self, row: Row, institution: &str) -> usize {
        let accounts = &self.ledger.accounts;
        let holder = &accounts.get(row).holder;
        // The newest ones tell: a bank's accounts are linked one after the other.
        let before = (0..row).rev().take(50);
        before
            .map(|row| accounts.get(row))
            .filter(|account| account.institution == institution && account.holder == *holder)
            .count()
    }
}
