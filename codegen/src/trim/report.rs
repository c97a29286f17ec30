//! The result of trimming.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::pointer::Pointer;
use crate::slice::OperationKey;

/// A trimmed document and a report of what was kept and removed.
#[derive(Clone, Debug)]
pub struct Trimmed {
    /// The document.
    pub document: Value,
    /// What was kept, cut and dropped.
    pub report: TrimReport,
}

/// What trimming kept, cut and dropped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrimReport {
    /// The upstream document's version.
    pub version: String,
    /// The operations kept.
    pub operations: BTreeSet<OperationKey>,
    /// The component schemas kept.
    pub schemas: BTreeSet<String>,
    /// The component schemas at which references were cut, with the places of those references.
    pub cut: BTreeMap<String, Vec<Pointer>>,
    /// How many texts for readers were dropped.
    pub prose: usize,
    /// How many operations of the document were not kept.
    pub left_out: usize,
    /// Operations whose paths lie beside the slice's.
    pub near: BTreeSet<OperationKey>,
    /// Event types of the document that lie beside the slice's and are not in its list.
    pub near_events: BTreeSet<String>,
}
