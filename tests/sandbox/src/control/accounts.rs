//! Customers and accounts: what their users and their banks do.

use super::handle::Control;
use crate::errors::{ControlError, ControlResult};
use crate::kinds::{
    AccountKind, DeactivationCause, Feature, PaymentMethodType, Status, TransactionStatus,
};
use crate::ledger::Task;
use crate::objects::{
    AccountNumber, BankBalance, ExpectedDeactivation, Failure, Holder, NewAccount, NewOwner,
    NewTransaction, News,
};
use crate::store::Row;

/// How long before an expected deactivation the warning is sent.
const WARNING_SECONDS: i64 = 30 * 86_400;

/// A summary of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AccountSummary {
    /// Its id.
    pub id: String,
    /// Its holder.
    pub holder: Option<Holder>,
    /// Its bank.
    pub institution: String,
    /// Its category and subcategory.
    pub kind: AccountKind,
    /// Its status.
    pub status: Status,
    /// How many transactions were fetched.
    pub transactions: usize,
    /// Whether its owners were fetched.
    pub has_ownership: bool,
}

impl Control {
    /// Makes a customer, and gives its id.
    #[must_use]
    pub fn create_customer(&self) -> String {
        self.work(|work| {
            let row = work.make_customer();
            work.ledger.customers.get(row).id.clone()
        })
    }

    /// The id under which a customer is an account of its own (`account_holder[customer_account]`).
    ///
    /// # Errors
    ///
    /// When there is no such customer.
    pub fn customer_account(&self, customer: &str) -> ControlResult<String> {
        self.work(|work| match work.ledger.customers.by_id(customer) {
            Some(customer) => Ok(customer.customer_account.clone()),
            None => Err(ControlError::new(format!(
                "there is no customer {customer} here"
            ))),
        })
    }

    /// Links an account outside any session, and gives its id.
    pub fn create_account(&self, new: &NewAccount) -> String {
        self.work(|work| {
            let row = work.link(new, None);
            work.ledger.accounts.get(row).id.clone()
        })
    }

    /// Finishes a session as if the user had linked these accounts, and gives their ids. Holder and
    /// permissions are the session's.
    ///
    /// # Errors
    ///
    /// When there is no such session, when it was finished already, or when its limit or its
    /// filters do not allow the accounts.
    pub fn complete_session(
        &self,
        session: &str,
        accounts: &[NewAccount],
    ) -> ControlResult<Vec<String>> {
        self.work(|work| work.complete_session(session, accounts))
    }

    /// The connection of an account breaks. Nothing happens to one that is not active.
    ///
    /// # Errors
    ///
    /// When there is no such account.
    pub fn deactivate(&self, account: &str) -> ControlResult<()> {
        self.on_account(account, |work, row| {
            work.deactivate(row);
        })
    }

    /// The user links an inactive account again. Nothing happens to any other.
    ///
    /// # Errors
    ///
    /// When there is no such account.
    pub fn reactivate(&self, account: &str) -> ControlResult<()> {
        self.on_account(account, |work, row| {
            work.reactivate(row);
        })
    }

    /// The user disconnects the account.
    ///
    /// # Errors
    ///
    /// When there is no such account.
    pub fn disconnect(&self, account: &str) -> ControlResult<()> {
        self.on_account(account, |work, row| {
            if !work.ledger.accounts.get(row).is_disconnected() {
                work.disconnect(row);
            }
        })
    }

    /// Makes the next refresh of a feature fail: the one that is pending, or the one to come.
    ///
    /// # Errors
    ///
    /// When there is no such account.
    pub fn fail_next_refresh(&self, account: &str, feature: Feature) -> ControlResult<()> {
        self.fail_next(account, feature, false)
    }

    /// The same, and the failure shows that the connection is broken: the account becomes inactive.
    ///
    /// # Errors
    ///
    /// When there is no such account.
    pub fn break_at_next_refresh(&self, account: &str, feature: Feature) -> ControlResult<()> {
        self.fail_next(account, feature, true)
    }

    fn fail_next(&self, account: &str, feature: Feature, deactivates: bool) -> ControlResult<()> {
        self.on_account(account, |work, row| {
            let bank = &mut work.ledger.accounts.get_mut(row).bank;
            bank.failures.push(Failure {
                feature,
                deactivates,
            });
        })
    }

    /// Ends every refresh that is pending, now.
    pub fn end_refreshes(&self) {
        self.work(|work| {
            let pending: Vec<(Row, Feature)> = work.pending_refreshes();
            for (row, feature) in pending {
                work.end_refresh(row, feature);
            }
        });
    }

    /// Gives the bank transactions, which the next successful refresh brings.
    ///
    /// # Errors
    ///
    /// When there is no such account.
    pub fn add_transactions(
        &self,
        account: &str,
        transactions: impl IntoIterator<Item = NewTransaction>,
    ) -> ControlResult<()> {
        self.on_account(account, |work, row| {
            let news = &mut work.ledger.accounts.get_mut(row).bank.news;
            news.extend(transactions.into_iter().map(News::Transaction));
        })
    }

    /// Changes the balance at the bank, which the next successful refresh brings; `None` for a bank
    /// that gives none.
    ///
    /// # Errors
    ///
    /// When there is no such account.
    pub fn set_balance(&self, account: &str, balance: Option<BankBalance>) -> ControlResult<()> {
        self.on_account(account, |work, row| {
            work.ledger.accounts.get_mut(row).bank.balance = balance;
        })
    }

    /// Changes the owners at the bank, which the next successful refresh brings.
    ///
    /// # Errors
    ///
    /// When there is no such account.
    pub fn set_owners(
        &self,
        account: &str,
        owners: impl IntoIterator<Item = NewOwner>,
    ) -> ControlResult<()> {
        self.on_account(account, |work, row| {
            work.ledger.accounts.get_mut(row).bank.owners = owners.into_iter().collect();
        })
    }

    /// Changes the status of a transaction at the bank, which the next successful refresh brings.
    ///
    /// # Errors
    ///
    /// When there is no such transaction.
    pub fn change_transaction(&self, id: &str, status: TransactionStatus) -> ControlResult<()> {
        self.work(|work| {
            let Some(row) = work.ledger.transactions.find(id) else {
                return Err(ControlError::new(format!(
                    "there is no transaction {id} here"
                )));
            };
            let account = work.ledger.transactions.get(row).account;
            let bank = &mut work.ledger.accounts.get_mut(account).bank;
            bank.news.push(News::Status(row, status));
            Ok(())
        })
    }

    /// Announces that an active account will become inactive. A warning is sent thirty days
    /// ahead, and it happens when the clock reaches the date.
    ///
    /// # Errors
    ///
    /// When there is no such account.
    pub fn expect_deactivation(
        &self,
        account: &str,
        unix_seconds: i64,
        cause: DeactivationCause,
        relink_required: bool,
    ) -> ControlResult<()> {
        self.on_account(account, |work, row| {
            work.ledger.accounts.get_mut(row).expected_deactivation = Some(ExpectedDeactivation {
                date: unix_seconds,
                cause,
                relink_required,
            });
            work.emit("expected_deactivation_date_updated", row);
            let (account, date) = (row, unix_seconds);
            let warning = date.saturating_sub(WARNING_SECONDS).max(work.now);
            let schedule = &mut work.ledger.schedule;
            schedule.at(warning, Task::WarnOfDeactivation { account, date });
            schedule.at(date, Task::Deactivate { account, date });
        })
    }

    /// Changes how an account can be paid from.
    ///
    /// # Errors
    ///
    /// When there is no such account.
    pub fn set_payment_method_types(
        &self,
        account: &str,
        types: impl IntoIterator<Item = PaymentMethodType>,
    ) -> ControlResult<()> {
        self.on_account(account, |work, row| {
            let account = work.ledger.accounts.get_mut(row);
            account.payment_method_types = types.into_iter().collect();
            work.emit("supported_payment_method_types_updated", row);
        })
    }

    /// Gives an account a number of this status, as its bank does when it replaces them.
    ///
    /// # Errors
    ///
    /// When there is no such account.
    pub fn set_account_number(&self, account: &str, number: AccountNumber) -> ControlResult<()> {
        self.on_account(account, |work, row| {
            work.ledger.accounts.get_mut(row).account_number = Some(number);
            work.emit("account_numbers_updated", row);
            if let Some(date) = number.expected_expiry_date {
                let due = date.saturating_sub(WARNING_SECONDS).max(work.now);
                let task = Task::WarnOfExpiry { account: row, date };
                work.ledger.schedule.at(due, task);
            }
        })
    }

    /// Links many accounts at once, of many customers, banks and kinds, without events: what was
    /// there from the start.
    pub fn seed_accounts(&self, count: usize) {
        self.work(|work| work.seed_accounts(count));
    }

    /// Fills the sandbox with the accounts that the program starts with: some dozens, over several
    /// banks, holders and kinds, with transactions and owners, some inactive, one disconnected.
    pub fn seed_default(&self) {
        let connected = self.create_connected_account();
        self.work(|work| work.seed_default(&connected));
    }

    /// A summary of every account, newest first.
    #[must_use]
    pub fn accounts(&self) -> Vec<AccountSummary> {
        self.work(|work| {
            let newest_first = work.ledger.all_accounts.iter().rev();
            newest_first
                .map(|row| {
                    let account = work.ledger.accounts.get(*row);
                    AccountSummary {
                        id: account.id.clone(),
                        holder: account.holder.clone(),
                        institution: account.institution.clone(),
                        kind: account.kind,
                        status: account.status,
                        transactions: account.transactions.len(),
                        has_ownership: account.ownership.is_some(),
                    }
                })
                .collect()
        })
    }
}
