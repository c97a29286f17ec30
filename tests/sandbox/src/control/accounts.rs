//! Customers and accounts: what their users and their banks do.

use super::handle::Control;
use crate::errors::{ControlError, ControlResult};
use crate::kinds::{
    AccountKind, DeactivationCause, Feature, PaymentMethodType, Status, TransactionStatus,
};
use crate::limits::TRANSACTIONS;
use crate::objects::{
    AccountNumber, BankBalance, ExpectedDeactivation, Failure, Holder, NewAccount, NewOwner,
    NewTransaction, News, check,
};
use crate::store::Row;
use crate::work::Work;

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

    /// Makes customers, and gives their ids.
    pub(super) fn create_customers(&self, count: usize) -> Vec<String> {
        let mut ids = Vec::new();
        self.in_turns(count, |work, _| {
            let row = work.make_customer();
            ids.push(work.ledger.customers.get(row).id.clone());
        });
        ids
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
    ///
    /// # Panics
    ///
    /// When [`Control::try_create_account`] fails.
    #[track_caller]
    pub fn create_account(&self, new: &NewAccount) -> String {
        match self.try_create_account(new) {
            Ok(id) => id,
            Err(error) => panic!("{error}"),
        }
    }

    /// The same, for values that may be wrong.
    ///
    /// # Errors
    ///
    /// When the account has a value that the API never answers, when its holder does not exist, or
    /// when its bank is one that is down.
    pub fn try_create_account(&self, new: &NewAccount) -> ControlResult<String> {
        let ids = self.create_accounts(new, 1)?;
        Ok(ids.into_iter().next().unwrap_or_default())
    }

    /// Links accounts that are alike, and gives their ids.
    pub(super) fn create_accounts(
        &self,
        new: &NewAccount,
        count: usize,
    ) -> ControlResult<Vec<String>> {
        new.check()?;
        self.work(|work| work.check_link(new))?;
        let mut ids = Vec::new();
        self.in_turns(count, |work, _| {
            let row = work.link(new, None);
            ids.push(work.ledger.accounts.get(row).id.clone());
        });
        Ok(ids)
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

    /// The user links an inactive account again. Nothing happens to an active one.
    ///
    /// # Errors
    ///
    /// When there is no such account, or when it is disconnected: then the user links it as a new
    /// one.
    pub fn reactivate(&self, account: &str) -> ControlResult<()> {
        self.on_account(account, |work, row| {
            if work.ledger.accounts.get(row).is_disconnected() {
                return Err(ControlError::new(format!(
                    "the account {account} is disconnected; its user has to link it as a new one"
                )));
            }
            work.reactivate(row);
            Ok(())
        })?
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
        self.on_all_accounts(|work, row| {
            for feature in work.pending_refreshes(row) {
                work.end_refresh(row, feature);
            }
        });
    }

    /// Gives the bank transactions, which the next successful refresh brings.
    ///
    /// # Errors
    ///
    /// When there is no such account, when a transaction has a value that the API never answers, or
    /// when more than 1,000 would wait for the next refresh.
    pub fn add_transactions(
        &self,
        account: &str,
        transactions: impl IntoIterator<Item = NewTransaction>,
    ) -> ControlResult<()> {
        let transactions: Vec<NewTransaction> = transactions.into_iter().collect();
        transactions.iter().try_for_each(NewTransaction::check)?;
        self.on_account(account, |work, row| {
            let news = &mut work.ledger.accounts.get_mut(row).bank.news;
            let waiting = news.len();
            if waiting + transactions.len() > TRANSACTIONS {
                return Err(ControlError::new(format!(
                    "{TRANSACTIONS} transactions may wait for a refresh, and {waiting} do already"
                )));
            }
            news.extend(transactions.into_iter().map(News::Transaction));
            Ok(())
        })?
    }

    /// Changes the balance at the bank, which the next successful refresh brings; `None` for a bank
    /// that gives none.
    ///
    /// # Errors
    ///
    /// When there is no such account, or when an amount is too large.
    pub fn set_balance(&self, account: &str, balance: Option<BankBalance>) -> ControlResult<()> {
        balance.as_ref().map_or(Ok(()), BankBalance::check)?;
        self.on_account(account, |work, row| {
            work.ledger.accounts.get_mut(row).bank.balance = balance;
        })
    }

    /// Changes the owners at the bank, which the next successful refresh brings.
    ///
    /// # Errors
    ///
    /// When there is no such account, or when an owner has a value that the API never answers.
    pub fn set_owners(
        &self,
        account: &str,
        owners: impl IntoIterator<Item = NewOwner>,
    ) -> ControlResult<()> {
        let owners: Vec<NewOwner> = owners.into_iter().collect();
        owners.iter().try_for_each(NewOwner::check)?;
        self.on_account(account, |work, row| {
            work.ledger.accounts.get_mut(row).bank.owners = owners;
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
    /// When there is no such account, or when the date is not one.
    pub fn expect_deactivation(
        &self,
        account: &str,
        unix_seconds: i64,
        cause: DeactivationCause,
        relink_required: bool,
    ) -> ControlResult<()> {
        check::time("date", unix_seconds)?;
        self.on_account(account, |work, row| {
            work.expect_deactivation(
                row,
                ExpectedDeactivation {
                    date: unix_seconds,
                    cause,
                    relink_required,
                },
            );
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
    /// When there is no such account, or when the date of its expiry is not one.
    pub fn set_account_number(&self, account: &str, number: AccountNumber) -> ControlResult<()> {
        if let Some(date) = number.expected_expiry_date {
            check::time("expected_expiry_date", date)?;
        }
        self.on_account(account, |work, row| {
            work.set_account_number(row, number);
        })
    }

    /// Links many accounts at once, of many customers, banks and kinds, without events: what was
    /// there from the start.
    pub fn seed_accounts(&self, count: usize) {
        let mut customer = String::new();
        self.in_turns(count, |work, at| work.seed_account(at, &mut customer));
    }

    /// Fills the sandbox with the accounts that the program starts with: some dozens, over several
    /// banks, holders and kinds, with transactions and owners, some inactive, one disconnected.
    pub fn seed_default(&self) {
        let connected = self.create_connected_account();
        self.work(|work| work.seed_default(&connected));
    }

    /// Some accounts older than one, newest first, and whether there are more.
    pub(super) fn accounts_page(
        &self,
        starting_after: Option<&str>,
        limit: usize,
    ) -> ControlResult<(Vec<AccountSummary>, bool)> {
        self.work(|work| {
            let accounts = &work.ledger.accounts;
            let end = match starting_after {
                None => accounts.len(),
                Some(id) => accounts
                    .find(id)
                    .ok_or_else(|| ControlError::new(format!("there is no account {id} here")))?,
            };
            let first = end.saturating_sub(limit);
            let page = (first..end).rev().map(|row| AccountSummary::of(work, row));
            Ok((page.collect(), first > 0))
        })
    }

    /// A summary of every account, newest first.
    #[must_use]
    pub fn accounts(&self) -> Vec<AccountSummary> {
        let mut accounts = Vec::new();
        self.on_all_accounts(|work, row| accounts.push(AccountSummary::of(work, row)));
        accounts.reverse();
        accounts
    }
}

impl AccountSummary {
    fn of(work: &Work<'_>, row: Row) -> Self {
        let account = work.ledger.accounts.get(row);
        Self {
            id: account.id.clone(),
            holder: account.holder.clone(),
            institution: account.institution.clone(),
            kind: account.kind,
            status: account.status,
            transactions: account.transactions.len(),
            has_ownership: account.ownership.is_some(),
        }
    }
}
