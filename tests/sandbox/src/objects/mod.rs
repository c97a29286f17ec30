//! The objects of the API and the bank's side of them: what they hold, and their JSON.

mod account;
mod bank;
pub(crate) mod check;
mod customer;
mod event;
mod holder;
mod new_account;
mod ownership;
mod refresh;
mod session;
mod thin_event;
mod transaction;

pub use self::account::AccountNumber;
pub(crate) use self::account::{Account, Balance, ExpectedDeactivation};
pub(crate) use self::bank::{Bank, Failure, News};
pub use self::bank::{BankBalance, NewTransaction};
pub(crate) use self::customer::Customer;
pub(crate) use self::event::{Cause, Event};
pub use self::holder::Holder;
pub use self::new_account::NewAccount;
pub use self::ownership::NewOwner;
pub(crate) use self::ownership::{Owner, Ownership};
pub(crate) use self::refresh::Refresh;
pub(crate) use self::session::{ALL_SUBCATEGORIES, Session};
pub(crate) use self::transaction::Transaction;
