//! Linking: how accounts come to be, which in the API only the user's own flow does.

use crate::accounts::Account;
use crate::bank::{Bank, BankBalance, NewTransaction, News};
use crate::control::{ControlError, ControlResult};
use crate::holders::Holder;
use crate::kinds::{
    AccountKind, Feature, PaymentMethodType, Permission, Status, TransactionStatus,
};
use crate::owners::NewOwner;
use crate::store::Row;
use crate::work::Work;

/// Banks that do not exist.
const INSTITUTIONS: [&str; 6] = [
    "Harbor Savings Bank",
    "First Meadow Bank",
    "Northlight Credit Union",
    "Test (OAuth)",
    "Test (Non-OAuth)",
    "Ownership Accounts",
];
const FIRST_NAMES: [&str; 8] = [
    "Ada", "Bela", "Chidi", "Dora", "Emil", "Farah", "Goro", "Hana",
];
const LAST_NAMES: [&str; 8] = [
    "Abel", "Brook", "Castro", "Dunn", "Evans", "Fox", "Grant", "Hale",
];
const MERCHANTS: [&str; 8] = [
    "Corner Grocery",
    "City Transit",
    "Power and Light",
    "Rent",
    "Coffee Cart",
    "Payroll",
    "Book Shop",
    "Pharmacy",
];
/// How far back a bank's transactions go, at most.
const HISTORY_SECONDS: i64 = 170 * 86_400;

/// An account to be linked. What is not said is drawn from the sandbox's seed.
#[derive(Clone, Debug)]
pub struct NewAccount {
    pub(crate) holder: Option<Holder>,
    pub(crate) kind: AccountKind,
    pub(crate) institution: Option<String>,
    pub(crate) display_name: Option<String>,
    pub(crate) last4: Option<String>,
    pub(crate) permissions: Vec<Permission>,
    pub(crate) payment_method_types: Option<Vec<PaymentMethodType>>,
    pub(crate) balance: Option<Option<BankBalance>>,
    pub(crate) currency: String,
    pub(crate) owners: Option<Vec<NewOwner>>,
    pub(crate) transactions: usize,
    pub(crate) refreshed: Vec<Feature>,
}

impl Default for NewAccount {
    /// A checking account in dollars with every permission, whose bank has a balance, an owner and
    /// no transactions, and of which nothing was fetched yet.
    fn default() -> Self {
        Self {
            holder: None,
            kind: AccountKind::Checking,
            institution: None,
            display_name: None,
            last4: None,
            permissions: Permission::ALL.to_vec(),
            payment_method_types: None,
            balance: None,
            currency: "usd".to_owned(),
            owners: None,
            transactions: 0,
            refreshed: Vec::new(),
        }
    }
}

impl NewAccount {
    /// The default account; see there.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Of this customer.
    #[must_use]
    pub fn customer(self, id: impl Into<String>) -> Self {
        self.holder(Holder::Customer(id.into()))
    }

    /// Of this holder.
    #[must_use]
    pub fn holder(mut self, holder: Holder) -> Self {
        self.holder = Some(holder);
        self
    }

    /// Of this kind.
    #[must_use]
    pub const fn kind(mut self, kind: AccountKind) -> Self {
        self.kind = kind;
        self
    }

    /// At this bank.
    #[must_use]
    pub fn institution(mut self, name: impl Into<String>) -> Self {
        self.institution = Some(name.into());
        self
    }

    /// With this name.
    #[must_use]
    pub fn display_name(mut self, name: impl Into<String>) -> Self {
        self.display_name = Some(name.into());
        self
    }

    /// With these last four digits.
    #[must_use]
    pub fn last4(mut self, digits: impl Into<String>) -> Self {
        self.last4 = Some(digits.into());
        self
    }

    /// With these permissions and no others.
    #[must_use]
    pub fn permissions(mut self, permissions: impl IntoIterator<Item = Permission>) -> Self {
        self.permissions = permissions.into_iter().collect();
        self
    }

    /// Payable from in these ways.
    #[must_use]
    pub fn payment_method_types(
        mut self,
        types: impl IntoIterator<Item = PaymentMethodType>,
    ) -> Self {
        self.payment_method_types = Some(types.into_iter().collect());
        self
    }

    /// With this balance at the bank; `None` for a bank that gives none.
    #[must_use]
    pub fn balance(mut self, balance: impl Into<Option<BankBalance>>) -> Self {
        self.balance = Some(balance.into());
        self
    }

    /// In this currency, by its lower-case code.
    #[must_use]
    pub fn currency(mut self, code: impl Into<String>) -> Self {
        self.currency = code.into();
        self
    }

    /// With these owners at the bank.
    #[must_use]
    pub fn owners(mut self, owners: impl IntoIterator<Item = NewOwner>) -> Self {
        self.owners = Some(owners.into_iter().collect());
        self
    }

    /// With this many transactions at the bank, spread over the months before.
    #[must_use]
    pub const fn transactions(mut self, count: usize) -> Self {
        self.transactions = count;
        self
    }

    /// With these features fetched already, as by a refresh that has succeeded.
    #[must_use]
    pub fn refreshed(mut self, features: impl IntoIterator<Item = Feature>) -> Self {
        self.refreshed = features.into_iter().collect();
        self
    }
}

impl Work<'_> {
    /// A name and an e-mail address of nobody.
    pub(crate) fn person(&mut self) -> (String, String) {
        let first = *self.random.pick(&FIRST_NAMES);
        let last = *self.random.pick(&LAST_NAMES);
        let email = format!(
            "{}.{}@example.com",
            first.to_lowercase(),
            last.to_lowercase()
        );
        (format!("{first} {last}"), email)
    }

    /// Links an account. The event of it, and the refreshes asked for, come with it.
    pub(crate) fn link(&mut self, new: &NewAccount, session: Option<&str>) -> Row {
        let id = self.random.id("fca_", 24);
        let bank = self.bank(new);
        let institution = match &new.institution {
            Some(name) => name.clone(),
            None => (*self.random.pick(&INSTITUTIONS)).to_owned(),
        };
        let last4 = match &new.last4 {
            Some(digits) => digits.clone(),
            None => format!("{:04}", self.random.below(10_000)),
        };
        let kind = new.kind;
        let display_name = match &new.display_name {
            Some(name) => name.clone(),
            None => format!("{} {}", title(kind), kind.category()),
        };
        let payment_method_types = match &new.payment_method_types {
            Some(types) => types.clone(),
            None if kind.allows_ach() => vec![PaymentMethodType::UsBankAccount],
            None => Vec::new(),
        };
        let account = Account {
            id: id.clone(),
            created: self.now,
            holder: new.holder.clone(),
            kind,
            institution,
            display_name: Some(display_name),
            last4: Some(last4),
            permissions: new.permissions.clone(),
            payment_method_types,
            account_number: None,
            status: Status::Active,
            expected_deactivation: None,
            subscription: None,
            balance: None,
            balance_refresh: None,
            ownership: None,
            ownership_refresh: None,
            transaction_refresh: None,
            has_transactions: false,
            transactions: std::collections::BTreeSet::new(),
            bank: Box::new(bank),
        };
        let row = self.ledger.accounts.push(&id, account);
        self.index(row, new.holder.as_ref(), session);
        self.emit("created", row);
        for feature in &new.refreshed {
            self.start_refresh(row, *feature);
            self.end_refresh(row, *feature);
        }
        row
    }

    /// Finishes a session as the user would, within its limits.
    pub(crate) fn complete_session(
        &mut self,
        id: &str,
        accounts: &[NewAccount],
    ) -> ControlResult<Vec<String>> {
        let Some(at) = self.ledger.sessions.find(id) else {
            return Err(ControlError::new(format!("there is no session {id} here")));
        };
        let session = self.ledger.sessions.get(at);
        session.check_links(accounts)?;
        let (holder, permissions) = (session.holder.clone(), session.permissions.clone());
        let prefetch = session.prefetch.clone();
        self.ledger.sessions.get_mut(at).completed = true;
        let mut ids = Vec::new();
        for new in accounts {
            let new = new
                .clone()
                .holder(holder.clone())
                .permissions(permissions.iter().copied());
            let row = self.link(&new, Some(id));
            for feature in &prefetch {
                self.start_refresh(row, *feature);
            }
            ids.push(self.ledger.accounts.get(row).id.clone());
        }
        Ok(ids)
    }

    fn index(&mut self, row: Row, holder: Option<&Holder>, session: Option<&str>) {
        let ledger = &mut *self.ledger;
        ledger.all_accounts.insert(row);
        let by_holder = match holder {
            Some(Holder::Account(id)) => Some((&mut ledger.accounts_by_account, id)),
            Some(Holder::Customer(id)) => Some((&mut ledger.accounts_by_customer, id)),
            Some(Holder::CustomerAccount(id)) => {
                Some((&mut ledger.accounts_by_customer_account, id))
            }
            None => None,
        };
        if let Some((index, id)) = by_holder {
            index.entry(id.clone()).or_default().insert(row);
        }
        if let Some(session) = session {
            let index = &mut ledger.accounts_by_session;
            index.entry(session.to_owned()).or_default().insert(row);
        }
    }

    fn bank(&mut self, new: &NewAccount) -> Bank {
        let balance = match new.balance {
            Some(balance) => balance,
            None => {
                let amount = i64::try_from(self.random.below(1_000_000)).unwrap_or(0);
                let owed = new.kind.category() == "credit";
                Some(BankBalance::new(
                    if owed { -amount } else { amount },
                    Some(amount),
                ))
            }
        };
        let owners = match &new.owners {
            Some(owners) => owners.clone(),
            None => {
                let (name, email) = self.person();
                vec![NewOwner {
                    email: Some(email),
                    phone: Some(format!("+1 555 01{:02}", self.random.below(100))),
                    raw_address: Some("1 Example Street, Anytown".to_owned()),
                    ..NewOwner::new(name)
                }]
            }
        };
        Bank {
            currency: new.currency.clone(),
            balance,
            owners,
            news: self.history(new.transactions),
            failures: Vec::new(),
        }
    }

    /// Transactions of the past, oldest first.
    fn history(&mut self, count: usize) -> Vec<News> {
        let total = i64::try_from(count).unwrap_or(i64::MAX);
        let step = (HISTORY_SECONDS / total.max(1)).clamp(1, 7 * 3_600);
        (0..total)
            .map(|at| {
                let description = *self.random.pick(&MERCHANTS);
                let amount = i64::try_from(self.random.below(20_000)).unwrap_or(0) + 100;
                let incoming = description == "Payroll";
                let status = if total - at <= 2 && count > 2 {
                    TransactionStatus::Pending
                } else {
                    TransactionStatus::Posted
                };
                News::Transaction(
                    NewTransaction::new(if incoming { amount } else { -amount }, description)
                        .status(status)
                        .transacted_at(self.now.saturating_sub((total - at).saturating_mul(step))),
                )
            })
            .collect()
    }
}

const fn title(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Checking => "Everyday",
        AccountKind::Savings => "Rainy day",
        AccountKind::CreditCard => "Rewards card",
        AccountKind::LineOfCredit => "Credit line",
        AccountKind::Mortgage => "Home loan",
        AccountKind::Investment => "Brokerage",
        AccountKind::OtherCash | AccountKind::OtherCredit | AccountKind::Other => "Further",
    }
}
