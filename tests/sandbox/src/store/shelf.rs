//! Rows by id, in the order of creation.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

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

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }
}

impl<T: Clone> Shelf<T> {
    pub(crate) fn get_mut(&mut self, row: Row) -> &mut T {
        Arc::make_mut(&mut self.rows[row])
    }
}

/// Rows grouped by something they share: a customer, a session.
pub(crate) type Index = HashMap<String, BTreeSet<Row>>;
