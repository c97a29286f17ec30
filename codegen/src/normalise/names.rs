//! Names in Rust from names of the document, by rule.

/// `bank_connections_resource.balance-refresh` becomes `BankConnectionsResourceBalanceRefresh`.
pub(crate) fn pascal_case(name: &str) -> String {
    let mut result = String::with_capacity(name.len());
    let mut start = true;
    for character in name.chars() {
        if !character.is_alphanumeric() {
            start = true;
        } else if start {
            result.extend(character.to_uppercase());
            start = false;
        } else {
            result.push(character);
        }
    }
    result
}

/// `RefreshAccount` becomes `refresh_account`.
pub(crate) fn snake_case(name: &str) -> String {
    let mut result = String::with_capacity(name.len() + 4);
    for character in name.chars() {
        if character.is_uppercase() && !result.is_empty() {
            result.push('_');
        }
        result.extend(character.to_lowercase());
    }
    result
}

/// The name of one of what `name` names: `accounts` becomes `account`, `categories` `category`.
pub(crate) fn singular(name: &str) -> String {
    if let Some(stem) = name.strip_suffix("ies") {
        format!("{stem}y")
    } else if let Some(stem) = name.strip_suffix("sses") {
        format!("{stem}ss")
    } else {
        match name.strip_suffix('s') {
            Some(stem) if !stem.ends_with('s') => stem.to_owned(),
            _ => name.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_and_numbers() {
        assert_eq!(
            pascal_case("financial_connections.account_owner"),
            "FinancialConnectionsAccountOwner"
        );
        assert_eq!(pascal_case("last4"), "Last4");
        assert_eq!(snake_case("RefreshAccount"), "refresh_account");
        for (plural, one) in [
            ("accounts", "account"),
            ("categories", "category"),
            ("addresses", "address"),
            ("data", "data"),
        ] {
            assert_eq!(singular(plural), one);
        }
    }
}
