//! What is said of the API's shapes, in one form whoever says it.

use std::collections::{BTreeMap, BTreeSet};

/// The values that are said of one keyword.
pub(crate) type Values = BTreeSet<String>;

/// What is said: by place (`Account.permissions[]`), by keyword (`enum`), the values.
///
/// A place is the name of a type in Rust and a way into it: `.field`, `[]` for items, `{}` for the
/// values of a map, `|1` for the first side of a choice. Operations are places too: `accounts.list`,
/// with `?limit` for a parameter, `{account}` for one in the path and `>200` for an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts(BTreeMap<String, BTreeMap<String, Values>>);

impl Facts {
    pub(crate) fn say(&mut self, place: &str, keyword: &str, value: impl Into<String>) {
        let keywords = self.0.entry(place.to_owned()).or_default();
        let values = keywords.entry(keyword.to_owned()).or_default();
        values.insert(value.into());
    }

    pub(crate) fn get(&self, place: &str, keyword: &str) -> &Values {
        static NONE: Values = Values::new();
        let keywords = self.0.get(place);
        keywords
            .and_then(|keywords| keywords.get(keyword))
            .unwrap_or(&NONE)
    }

    /// The value, where there is exactly one.
    pub(crate) fn one(&self, place: &str, keyword: &str) -> Option<&str> {
        let values = self.get(place, keyword);
        (values.len() == 1)
            .then(|| values.first().map(String::as_str))
            .flatten()
    }

    pub(crate) fn has(&self, place: &str, keyword: &str, value: &str) -> bool {
        self.get(place, keyword).contains(value)
    }

    /// Adds all that `other` says.
    pub(crate) fn add(&mut self, other: Self) {
        for (place, keywords) in other.0 {
            for (keyword, values) in keywords {
                let here = self.0.entry(place.clone()).or_default();
                here.entry(keyword).or_default().extend(values);
            }
        }
    }

    /// Keeps what is said of the keywords that `keep` accepts.
    pub(crate) fn retain(&mut self, keep: impl Fn(&str, &str) -> bool) {
        for (place, keywords) in &mut self.0 {
            keywords.retain(|keyword, _| keep(place, keyword));
        }
        self.0.retain(|_, keywords| !keywords.is_empty());
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str, &Values)> {
        self.0.iter().flat_map(|(place, keywords)| {
            let values = keywords.iter();
            values.map(move |(keyword, values)| (place.as_str(), keyword.as_str(), values))
        })
    }

    pub(crate) fn places(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub(crate) fn keywords(&self, place: &str) -> impl Iterator<Item = &str> {
        let keywords = self.0.get(place).into_iter();
        keywords.flat_map(|keywords| keywords.keys().map(String::as_str))
    }

    /// The places of which not the same is said in `other`.
    pub(crate) fn changed<'f>(&'f self, other: &'f Self) -> BTreeSet<&'f str> {
        let one_way = |one: &'f Self, other: &'f Self| {
            let places = one.0.iter();
            places
                .filter(|(place, keywords)| other.0.get(*place) != Some(*keywords))
                .map(|(place, _)| place.as_str())
        };
        one_way(self, other).chain(one_way(other, self)).collect()
    }

    /// The names right below a place: the fields of an object, in order.
    pub(crate) fn fields<'f>(&'f self, place: &'f str) -> impl Iterator<Item = &'f str> {
        let below = self.0.range(format!("{place}.")..);
        below
            .map_while(move |(other, _)| other.strip_prefix(place)?.strip_prefix('.'))
            .filter(|field| !field.contains(['.', '[', '{', '|']))
    }
}

/// Values as a person reads them.
pub(crate) fn shown(values: &Values) -> String {
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    if values.is_empty() {
        "nothing".to_owned()
    } else {
        values.join(" | ")
    }
}
