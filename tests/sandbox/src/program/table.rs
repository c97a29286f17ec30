//! The table of accounts that the program prints at its start.

use std::fmt::Write;

use crate::control::AccountSummary;
use crate::objects::Holder;

/// The accounts as a table of holders, banks, kinds and statuses.
pub(crate) fn table(accounts: &[AccountSummary]) -> String {
    let mut table = format!(
        "{:<28} {:<20} {:<23} {:<26} {:<12} {:>12} {:>7}\n",
        "account", "holder", "institution", "kind", "status", "transactions", "owners"
    );
    for account in accounts {
        let holder = match &account.holder {
            Some(Holder::Customer(id) | Holder::CustomerAccount(id) | Holder::Account(id)) => id,
            None => "",
        };
        let kind = format!("{}/{}", account.kind.category(), account.kind.subcategory());
        // Writing into a string does not fail.
        let _ = writeln!(
            table,
            "{:<28} {holder:<20} {:<23} {kind:<26} {:<12} {:>12} {:>7}",
            account.id,
            account.institution,
            account.status.as_str(),
            account.transactions,
            if account.has_ownership { "yes" } else { "no" },
        );
    }
    table
}
