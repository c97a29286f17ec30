//! People, balances and histories that are drawn from the seed.

use super::unit::Work;
use crate::kinds::TransactionStatus;
use crate::objects::{Bank, BankBalance, NewAccount, NewOwner, NewTransaction, News};
use crate::store::Row;

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

impl Work<'_> {
    /// A made-up name and e-mail address.
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

    pub(crate) fn bank(&mut self, new: &NewAccount) -> Bank {
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

    /// Gives the bank the transactions of a day, which the next refresh brings.
    pub(crate) fn spend(&mut self, row: Row) {
        let most = u64::from(self.settings.daily_transactions);
        if most == 0 {
            return;
        }
        for _ in 0..=self.random.below(most) {
            let description = *self.random.pick(&MERCHANTS);
            let amount = i64::try_from(self.random.below(20_000)).unwrap_or(0) + 100;
            let at = self.now - i64::try_from(self.random.below(86_400)).unwrap_or(0);
            let transaction = NewTransaction::new(-amount, description).transacted_at(at);
            let bank = &mut self.ledger.accounts.get_mut(row).bank;
            bank.news.push(News::Transaction(transaction));
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
