//! The newest rows by id: the oldest are dropped.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::shelf::Row;

/// The newest rows of one kind. A row keeps its position when older ones are dropped.
#[derive(Clone, Debug)]
pub(crate) struct Recent<T> {
    first: Row,
    rows: VecDeque<Kept<T>>,
    by_id: HashMap<Arc<str>, Row>,
    bytes: usize,
}

#[derive(Clone, Debug)]
struct Kept<T> {
    id: Arc<str>,
    row: Arc<T>,
    bytes: usize,
}

impl<T> Default for Recent<T> {
    fn default() -> Self {
        Self {
            first: 0,
            rows: VecDeque::new(),
            by_id: HashMap::new(),
            bytes: 0,
        }
    }
}

impl<T> Recent<T> {
    /// Adds a row of about this many bytes, and drops the oldest ones while all of them take more
    /// than `most`.
    pub(crate) fn push(&mut self, id: &str, row: T, bytes: usize, most: usize) -> Row {
        let at = self.rows().end;
        let id: Arc<str> = id.into();
        self.by_id.insert(Arc::clone(&id), at);
        self.bytes += bytes;
        let row = Arc::new(row);
        self.rows.push_back(Kept { id, row, bytes });
        while self.bytes > most && self.rows.len() > 1 {
            self.drop_oldest();
        }
        at
    }

    /// Drops the oldest rows while they are `old`.
    pub(crate) fn drop_while(&mut self, old: impl Fn(&T) -> bool) {
        while self.rows.front().is_some_and(|oldest| old(&oldest.row)) {
            self.drop_oldest();
        }
    }

    fn drop_oldest(&mut self) {
        if let Some(oldest) = self.rows.pop_front() {
            self.by_id.remove(&oldest.id);
            self.bytes -= oldest.bytes;
            self.first += 1;
        }
    }

    /// The rows that there are.
    pub(crate) fn rows(&self) -> Range<Row> {
        self.first..self.first + self.rows.len()
    }

    pub(crate) fn find(&self, id: &str) -> Option<Row> {
        self.by_id.get(id).copied()
    }

    pub(crate) fn get(&self, row: Row) -> Option<&Arc<T>> {
        let at = row.checked_sub(self.first)?;
        self.rows.get(at).map(|kept| &kept.row)
    }
}

impl<T: Serialize> Serialize for Recent<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(
            self.rows
                .iter()
                .map(|kept| (&kept.id, &kept.row, kept.bytes)),
        )
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Recent<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut recent = Self::default();
        for (id, row, bytes) in Vec::<(String, T, u32)>::deserialize(deserializer)? {
            recent.push(&id, row, bytes as usize, usize::MAX);
        }
        Ok(recent)
    }
}

#[cfg(test)]
mod tests {
    use super::Recent;

    #[test]
    fn rows_keep_their_positions_while_older_ones_are_dropped() {
        let mut recent = Recent::default();
        for (at, id) in ["a", "b", "c"].into_iter().enumerate() {
            assert_eq!(recent.push(id, at, 10, 20), at);
        }
        assert_eq!(recent.rows(), 1..3);
        assert_eq!((recent.find("a"), recent.find("c")), (None, Some(2)));
        assert_eq!(
            (recent.get(0), recent.get(2).map(|row| **row)),
            (None, Some(2))
        );
        recent.drop_while(|row| *row < 2);
        assert_eq!((recent.rows(), recent.find("b")), (2..3, None));
        // What is too large on its own is there all the same.
        recent.push("d", 3, 99, 20);
        assert_eq!(recent.rows(), 3..4);
    }
}
