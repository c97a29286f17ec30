//! Rows by id, in the order of creation.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A position in the order of creation. Greater is newer.
pub(crate) type Row = usize;

/// Rows of one kind. Rows are never removed, as the API deletes nothing.
///
/// Rows are shared with clones until they change, so that a snapshot takes no time.
#[derive(Clone, Debug)]
pub(crate) struct Shelf<T> {
    rows: Vec<Arc<T>>,
    by_id: HashMap<Arc<str>, Row>,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            by_id: HashMap::new(),
        }
    }
}

impl<T> Shelf<T> {
    pub(crate) fn push(&mut self, id: &str, row: T) -> Row {
        let at = self.rows.len();
        self.rows.push(Arc::new(row));
        self.by_id.insert(id.into(), at);
        at
    }

    pub(crate) fn find(&self, id: &str) -> Option<Row> {
        self.by_id.get(id).copied()
    }

    pub(crate) fn by_id(&self, id: &str) -> Option<&T> {
        self.find(id).map(|row| self.get(row))
    }

    pub(crate) fn get(&self, row: Row) -> &T {
        &self.rows[row]
    }

    /// Every row, oldest first.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &T> {
        self.rows.iter().map(|row| &**row)
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }
}

impl<T: Clone> Shelf<T> {
    pub(crate) fn get_mut(&mut self, row: Row) -> &mut T {
        Arc::make_mut(&mut self.rows[row])
    }
}

impl<T: Serialize> Serialize for Shelf<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut ids: Vec<(Row, &str)> = self.by_id.iter().map(|(id, row)| (*row, &**id)).collect();
        ids.sort_unstable();
        serializer.collect_seq(ids.into_iter().map(|(row, id)| (id, &self.rows[row])))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Shelf<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut shelf = Self::default();
        for (id, row) in Vec::<(String, T)>::deserialize(deserializer)? {
            if shelf.find(&id).is_some() {
                return Err(D::Error::custom(format!("the id {id} is there twice")));
            }
            shelf.push(&id, row);
        }
        Ok(shelf)
    }
}

/// Rows grouped by something they share: a customer, a session.
pub(crate) type Index = BTreeMap<String, BTreeSet<Row>>;
