//! Names of the document in Rust's cases.

use std::fmt::Write;

use heck::{ToPascalCase, ToSnakeCase};

/// `bank_connections_resource.balance-refresh` becomes `BankConnectionsResourceBalanceRefresh`.
pub(crate) fn pascal(name: &str) -> String {
    started(words(name).to_pascal_case(), 'X')
}

/// `RefreshAccount` becomes `refresh_account`.
pub(crate) fn snake(name: &str) -> String {
    started(words(name).to_snake_case(), 'x')
}

/// The same for the name of a file, which Rust wants in ASCII.
pub(crate) fn ascii_snake(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|character| if character.is_ascii() { character } else { '-' })
        .collect();
    snake(&name)
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

/// A name in which everything that no identifier can hold separates words. A name of nothing else is
/// spelled out.
fn words(name: &str) -> String {
    let words: String = name
        .replace('\'', "")
        .chars()
        .map(|character| if is_kept(character) { character } else { '-' })
        .collect();
    if words.contains(|character| character != '-' && character != '_') {
        return words;
    }
    name.chars().fold(String::new(), |mut spelled, character| {
        let _ = write!(spelled, "u{:x}", u32::from(character));
        spelled
    })
}

/// Letters and digits that the compiler takes without a warning: of scripts whose letters look like
/// those of others none.
fn is_kept(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || character == '_'
        || matches!(
            character,
            '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{17e}' // Latin
            | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' // Kana
            | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' // Han, Hangul
        ) && unicode_ident::is_xid_continue(character)
            // These two are read as other letters.
            && !matches!(character, '\u{132}' | '\u{133}' | '\u{13f}' | '\u{140}' | '\u{149}')
}

/// No identifier begins with a digit, and none is empty.
fn started(name: String, letter: char) -> String {
    match name.starts_with(unicode_ident::is_xid_start) {
        true => name,
        false => format!("{letter}{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases() {
        for (name, expected) in [
            (
                "financial_connections.account_owner",
                "FinancialConnectionsAccountOwner",
            ),
            ("last4", "Last4"),
            ("3d_secure", "X3dSecure"),
            ("größe", "Größe"),
            ("🦀", "U1f980"),
            ("", "X"),
        ] {
            assert_eq!(pascal(name), expected);
        }
        for (name, expected) in [
            ("RefreshAccount", "refresh_account"),
            ("fooBar", "foo_bar"),
            ("3d", "x3d"),
            ("it's", "its"),
        ] {
            assert_eq!(snake(name), expected);
        }
        assert_eq!(ascii_snake("größe"), "gr_e");
    }

    #[test]
    fn one_of_many() {
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
