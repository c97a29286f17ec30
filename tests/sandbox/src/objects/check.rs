//! Whether the values of control calls are ones that the API can answer with.

use super::bank::{BankBalance, NewTransaction};
use super::new_account::NewAccount;
use super::ownership::NewOwner;
use crate::errors::{ControlError, ControlResult};
use crate::limits::TEXT;

/// The largest amount: up to here every JSON reader is exact.
const AMOUNT: i64 = 999_999_999_999_999;
/// The last second of the year 9999.
const LAST_SECOND: i64 = 253_402_300_799;

impl NewAccount {
    /// Whether each value is one that an account can have.
    pub(crate) fn check(&self) -> ControlResult<()> {
        for (name, value) in [
            ("institution_name", &self.institution),
            ("display_name", &self.display_name),
        ] {
            text(name, value.as_deref())?;
        }
        if let Some(last4) = &self.last4
            && !(last4.len() == 4 && last4.bytes().all(|digit| digit.is_ascii_digit()))
        {
            return Err(wrong("last4", "four digits", last4));
        }
        let code = &self.currency;
        if !(code.len() == 3 && code.bytes().all(|letter| letter.is_ascii_lowercase())) {
            return Err(wrong(
                "currency",
                "a code of three lower-case letters",
                code,
            ));
        }
        if let Some(Some(balance)) = self.balance {
            balance.check()?;
        }
        self.owners.iter().flatten().try_for_each(NewOwner::check)
    }
}

impl BankBalance {
    pub(crate) fn check(&self) -> ControlResult<()> {
        amount("current", self.current)?;
        self.available.map_or(Ok(()), |of| amount("available", of))
    }
}

impl NewOwner {
    pub(crate) fn check(&self) -> ControlResult<()> {
        text("name", Some(&self.name))?;
        text("email", self.email.as_deref())?;
        text("phone", self.phone.as_deref())?;
        text("raw_address", self.raw_address.as_deref())
    }
}

impl NewTransaction {
    pub(crate) fn check(&self) -> ControlResult<()> {
        amount("amount", self.amount)?;
        text("description", Some(&self.description))?;
        self.transacted_at
            .map_or(Ok(()), |at| time("transacted_at", at))
    }
}

/// A text of up to 5,000 characters.
pub(crate) fn text(name: &str, value: Option<&str>) -> ControlResult<()> {
    match value {
        Some(value) if value.chars().count() > TEXT => Err(ControlError::new(format!(
            "`{name}` may have {TEXT} characters, and has more"
        ))),
        _ => Ok(()),
    }
}

/// A time between 1970 and 9999.
pub(crate) fn time(name: &str, seconds: i64) -> ControlResult<()> {
    if (0..=LAST_SECOND).contains(&seconds) {
        return Ok(());
    }
    let hint = if seconds > LAST_SECOND {
        "; are these milliseconds?"
    } else {
        ""
    };
    Err(ControlError::new(format!(
        "`{name}` must be in seconds since 1970, and is {seconds}{hint}"
    )))
}

fn amount(name: &str, value: i64) -> ControlResult<()> {
    if value.abs_diff(0) <= AMOUNT.unsigned_abs() {
        return Ok(());
    }
    Err(ControlError::new(format!(
        "`{name}` may have fifteen digits, and is {value}"
    )))
}

fn wrong(name: &str, wanted: &str, value: &str) -> ControlError {
    let shown: String = value.chars().take(100).collect();
    ControlError::new(format!("`{name}` must be {wanted}, and is `{shown}`"))
}
