//! Differences of shape.

use crate::comparison::difference::{Difference, Sides, is, root};
use crate::comparison::facts::{Facts, Values};

fn only_types(difference: &Difference<'_>, value: &str) -> bool {
    difference.document.is_empty() && is(difference.types, value)
}

fn says(facts: &Facts, place: &str, keyword: &str, value: &str) -> bool {
    facts.one(place, keyword) == Some(value)
}

pub(super) fn open_enums(it: &Difference<'_>, sides: &Sides<'_>) -> bool {
    let known = it.place == "ObjectType" || !sides.document.get(it.place, "enum").is_empty();
    only_types(it, "true") && known
}

pub(super) fn bypassed_validation(it: &Difference<'_>, sides: &Sides<'_>) -> bool {
    let open = |place: &str| says(sides.types, place, "open", "true");
    let by_name = sides.types.one(it.place, "ref").is_some_and(open);
    let raw = says(sides.types, it.place, "named", "RawJson");
    it.types.is_empty() && (by_name || raw)
}

pub(super) fn ids(it: &Difference<'_>, sides: &Sides<'_>) -> bool {
    it.document.is_empty()
        && it.marks == it.types
        && it.marks.len() == 1
        && says(sides.document, it.place, "type", "string")
}

pub(super) fn currencies(it: &Difference<'_>, sides: &Sides<'_>) -> bool {
    let currency = is(it.marks, "Currency")
        && is(it.types, "Currency")
        && says(sides.document, it.place, "type", "string");
    let values = format!("{}{{}}", it.place);
    let amounts = is(it.marks, "Amounts")
        && it.types.is_empty()
        && says(sides.types, &values, "type", "integer");
    it.document.is_empty() && (currency || amounts)
}

pub(super) fn redaction(it: &Difference<'_>, _: &Sides<'_>) -> bool {
    is(it.marks, "true") && it.types == it.marks
}

pub(super) fn null_and_absent(it: &Difference<'_>, sides: &Sides<'_>) -> bool {
    let optional = says(sides.document, it.place, "required", "false")
        || says(sides.marks, it.place, "optional", "true");
    // A list that is empty is not sent, so that it needs no `Option`.
    let is_sent_list =
        sides.sent.contains(root(it.place)) && says(sides.types, it.place, "type", "array");
    only_types(it, "true")
        && optional
        && says(sides.types, it.place, "required", "false")
        && !is_sent_list
}

pub(super) fn relaxed(it: &Difference<'_>, sides: &Sides<'_>) -> bool {
    let marked = says(sides.marks, it.place, "optional", "true");
    let differs = says(sides.document, it.place, "required", "true")
        && says(sides.types, it.place, "required", "false");
    marked && differs
}

pub(super) fn expandables(it: &Difference<'_>, sides: &Sides<'_>) -> bool {
    let [id, object] = [1, 2].map(|side| format!("{}|{side}", it.place));
    let named = sides.types.get(&object, "ref") == it.document;
    let cut = sides.document.get(&object, "x-cutReference") == it.document
        && says(sides.types, &object, "named", "RawJson");
    it.types.is_empty()
        && says(sides.types, it.place, "anyOf", "2")
        && says(sides.types, &id, "type", "string")
        && (named || cut)
}

pub(super) fn cut_references(it: &Difference<'_>, sides: &Sides<'_>) -> bool {
    let is_cut = sides.document.one(it.place, "x-cutReference").is_some();
    let is_raw = says(sides.types, it.place, "named", "RawJson");
    let left_out = it.keyword == "x-cutReference" && it.types.is_empty();
    let kept = only_types(it, "RawJson") && it.marks.is_empty();
    is_cut && is_raw && (left_out || kept)
}

pub(super) fn choices_of_cuts(it: &Difference<'_>, sides: &Sides<'_>) -> bool {
    let choice = it.place.split('|').next().unwrap_or_default();
    let count: usize = sides
        .document
        .one(choice, "anyOf")
        .and_then(|count| count.parse().ok())
        .unwrap_or_default();
    let all_cut = (1..=count).all(|side| {
        let side = format!("{choice}|{side}");
        sides.document.one(&side, "x-cutReference").is_some()
    });
    let of_choice = choice == it.place && matches!(it.keyword, "anyOf" | "named" | "type");
    let of_side = choice != it.place && matches!(it.keyword, "type" | "x-cutReference");
    count > 1 && all_cut && says(sides.types, choice, "named", "RawJson") && (of_choice || of_side)
}

pub(super) fn single_choices(it: &Difference<'_>, sides: &Sides<'_>) -> bool {
    let place = it.place.strip_suffix("|1").unwrap_or(it.place);
    let inner = sides.document.get(&format!("{place}|1"), "ref");
    let agree = says(sides.document, place, "anyOf", "1")
        && inner.len() == 1
        && inner == sides.types.get(place, "ref");
    agree
        && match it.keyword {
            "anyOf" => it.types.is_empty() && it.place == place,
            "ref" if it.place == place => it.document.is_empty(),
            "ref" => it.types.is_empty(),
            _ => false,
        }
}

pub(super) fn object_tags(it: &Difference<'_>, sides: &Sides<'_>) -> bool {
    const NAME: &str = "ObjectType";
    let tag_of = |place: &str| {
        let is_tag = place.ends_with(".object") && says(sides.types, place, "ref", NAME);
        let tag = is_tag.then(|| sides.document.one(place, "enum"));
        tag.flatten().map(str::to_owned)
    };
    match (it.place, it.keyword) {
        (NAME, "type") => only_types(it, "string"),
        (NAME, "enum") => {
            let places = sides.document.iter().map(|(place, _, _)| place);
            it.document.is_empty() && *it.types == places.filter_map(tag_of).collect::<Values>()
        }
        (name, "tag") => {
            it.document.is_empty() && it.types.first() == tag_of(&format!("{name}.object")).as_ref()
        }
        (place, "enum") => it.types.is_empty() && tag_of(place).is_some(),
        (place, "type") => {
            is(it.document, "string") && it.types.is_empty() && tag_of(place).is_some()
        }
        (place, "ref") => only_types(it, NAME) && tag_of(place).is_some(),
        _ => false,
    }
}

pub(super) fn wide_integers(it: &Difference<'_>, sides: &Sides<'_>) -> bool {
    only_types(it, "int64") && says(sides.document, it.place, "type", "integer")
}

pub(super) fn times_in_ranges(it: &Difference<'_>, sides: &Sides<'_>) -> bool {
    let Some((choice, _)) = it.place.split_once('|') else {
        return false;
    };
    let bounds = format!("{choice}|1");
    let is_range = sides
        .document
        .fields(&bounds)
        .eq(["gt", "gte", "lt", "lte"]);
    only_types(it, "unix-time") && is_range && says(sides.document, it.place, "type", "integer")
}

pub(super) fn closed_parameters(it: &Difference<'_>, sides: &Sides<'_>) -> bool {
    let open = it.document.is_empty() || is(it.document, "open");
    open && is(it.types, "closed") && sides.sent.contains(root(it.place))
}
