//! Differences of limits and of names.

use crate::comparison::difference::{Difference, Sides};
use crate::comparison::facts::Values;
use crate::comparison::names::pascal;

pub(super) fn limits(it: &Difference<'_>, _: &Sides<'_>) -> bool {
    let mut limits = it.document.iter().map(String::as_str);
    let one = limits.next().filter(|_| limits.next().is_none());
    let expected = match (it.keyword, it.place) {
        ("maxLength", "ApiError.message") => Some("40000"),
        ("maxLength", _) => Some("5000"),
        // Where a list is found, by its items.
        ("pattern", "accounts.list>200.url" | "Session.accounts.url") => {
            Some("^/v1/financial_connections/accounts")
        }
        ("pattern", "transactions.list>200.url") => Some("^/v1/financial_connections/transactions"),
        _ => None,
    };
    expected.is_some() && one == expected && it.types.is_empty()
}

pub(super) fn titles(it: &Difference<'_>, _: &Sides<'_>) -> bool {
    it.types.is_empty()
}

pub(super) fn expandable_fields(it: &Difference<'_>, sides: &Sides<'_>) -> bool {
    if !it.types.is_empty() {
        return false;
    }
    let holds_object = |field: &&str| {
        let place = format!("{}.{field}", it.place);
        ["", "|1", "|2", "[]"].into_iter().any(|way| {
            let place = format!("{place}{way}");
            let to = |keyword| sides.document.one(&place, keyword).is_some();
            let is_list = sides
                .document
                .has(&format!("{place}.object"), "enum", "list");
            to("ref") && is_object(sides, &place) || to("x-cutReference") || is_list
        })
    };
    let holding = sides.document.fields(it.place).filter(holds_object);
    holding.map(str::to_owned).collect::<Values>() == *it.document
}

/// Whether the place refers to an object rather than to an enum.
fn is_object(sides: &Sides<'_>, place: &str) -> bool {
    let name = sides.document.one(place, "ref");
    name.is_some_and(|name| sides.document.one(name, "type") == Some("object"))
}

pub(super) fn resource_ids(it: &Difference<'_>, sides: &Sides<'_>) -> bool {
    it.types.is_empty()
        && it.document == sides.document.get(&format!("{}.object", it.place), "enum")
}

pub(super) fn field_names(it: &Difference<'_>, _: &Sides<'_>) -> bool {
    let wire = it.place.rsplit('.').next().unwrap_or_default();
    let plain = it.types.contains(wire);
    let keyword = it.types.contains(&format!("{wire}_")) && wire == "type";
    it.types.len() == 1 && (plain || keyword)
}

pub(super) fn variant_names(it: &Difference<'_>, sides: &Sides<'_>) -> bool {
    let texts = sides.types.get(it.place, "enum").iter();
    // What all events have in common is not repeated in their names.
    let variant = |text: &str| match it.place {
        "EventType" => pascal(text.trim_start_matches("financial_connections.")),
        _ => pascal(text),
    };
    let expected: Values = match it.keyword {
        "variant" => texts
            .map(|text| format!("{} {text}", variant(text)))
            .collect(),
        "declared" => texts
            .map(|text| variant(text))
            .chain(["UnknownValue".to_owned()])
            .collect(),
        _ => return false,
    };
    it.document.is_empty() && *it.types == expected
}
