//! Pairs as a parameter that can be cleared, as metadata is.

use std::collections::{BTreeMap, HashMap};

use super::Clearable;

fn set<K: Into<String>, V: Into<String>>(
    pairs: impl IntoIterator<Item = (K, V)>,
) -> Clearable<BTreeMap<String, String>> {
    let pairs = pairs.into_iter();
    Clearable::Set(
        pairs
            .map(|(key, value)| (key.into(), value.into()))
            .collect(),
    )
}

impl<K: Into<String>, V: Into<String>, const N: usize> From<[(K, V); N]>
    for Clearable<BTreeMap<String, String>>
{
    fn from(pairs: [(K, V); N]) -> Self {
        set(pairs)
    }
}

impl<K: Into<String>, V: Into<String>> From<Vec<(K, V)>> for Clearable<BTreeMap<String, String>> {
    fn from(pairs: Vec<(K, V)>) -> Self {
        set(pairs)
    }
}

impl<K: Into<String>, V: Into<String>, S> From<HashMap<K, V, S>>
    for Clearable<BTreeMap<String, String>>
{
    fn from(pairs: HashMap<K, V, S>) -> Self {
        set(pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_pairs_are_taken() {
        let expected = Clearable::Set(BTreeMap::from([("a".to_owned(), "b".to_owned())]));
        let of = |pairs: Clearable<BTreeMap<String, String>>| pairs;
        assert_eq!(of([("a", "b")].into()), expected);
        assert_eq!(of(vec![("a".to_owned(), "b")].into()), expected);
        assert_eq!(of(HashMap::from([("a", "b")]).into()), expected);
        let map = BTreeMap::from([("a".to_owned(), "b".to_owned())]);
        assert_eq!(of(map.into()), expected);
    }
}
