//! Names in Rust from names of the document, by rule.

use std::collections::BTreeSet;

use serde_json::Value;

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

/// Names that generated types must leave to Rust and to the runtime.
const RESERVED: [&str; 47] = [
    "Amounts",
    "AsRef",
    "BTreeMap",
    "Box",
    "Call",
    "Clearable",
    "Client",
    "Clone",
    "Currency",
    "Debug",
    "Default",
    "Either",
    "Eq",
    "Error",
    "Event",
    "Expandable",
    "Extra",
    "Form",
    "From",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Item",
    "Iterator",
    "List",
    "Listed",
    "Method",
    "Number",
    "Operation",
    "Option",
    "Ord",
    "Page",
    "PartialEq",
    "PartialOrd",
    "RangeQuery",
    "RawJson",
    "Response",
    "Result",
    "Sealed",
    "Self",
    "Send",
    "String",
    "Sync",
    "Timestamp",
    "UnknownValue",
    "Vec",
];

/// Whether a name belongs to Rust or to the runtime.
pub(crate) fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
}

/// What no resource can be called: the methods of every client, which those of the resources stand
/// beside, and the modules that theirs stand beside.
const RESERVED_RESOURCES: [&str; 19] = [
    "builder",
    "client",
    "clone",
    "enums",
    "fmt",
    "from",
    "ids",
    "into",
    "json_schemas",
    "new",
    "objects",
    "parameters",
    "params",
    "raw",
    "requests",
    "schemas",
    "service",
    "share",
    "types",
];

/// The name of a resource, with `_` behind it if it is reserved or a keyword.
pub(crate) fn resource_name(name: String) -> String {
    let is_reserved = RESERVED_RESOURCES.contains(&name.as_str());
    escaped(name, is_reserved)
}

/// The name of a resource's method, with `_` behind it if it is a keyword or that of the constructor.
pub(crate) fn function_name(name: String) -> String {
    let is_reserved = name == "new";
    escaped(name, is_reserved)
}

fn escaped(name: String, is_reserved: bool) -> String {
    match is_reserved || syn::parse_str::<syn::Ident>(&name).is_err() {
        true => name + "_",
        false => name,
    }
}

/// A derived name, changed if it is reserved or taken: `Event` becomes `EventObject`, and the second
/// `AccountStatus` becomes `AccountStatus2`.
pub(crate) fn free_name(name: String, taken: &BTreeSet<String>) -> String {
    let name = if is_reserved(&name) {
        name + "Object"
    } else {
        name
    };
    let mut candidates =
        std::iter::once(name.clone()).chain((2..).map(|number| format!("{name}{number}")));
    candidates
        .find(|candidate| !taken.contains(candidate))
        .unwrap_or(name)
}

/// The names that the document's types have already.
pub(crate) fn taken_names(document: &Value) -> BTreeSet<String> {
    let members = |value: &Value| {
        value
            .as_object()
            .map(|members| members.keys().cloned().collect::<Vec<_>>())
    };
    [&document["components"]["schemas"], &document["x-unions"]]
        .into_iter()
        .filter_map(members)
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resources_leave_the_clients_methods_alone() {
        for (name, free) in [
            ("share", "share_"),
            ("type", "type_"),
            ("accounts", "accounts"),
        ] {
            assert_eq!(resource_name(name.to_owned()), free);
        }
    }

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
