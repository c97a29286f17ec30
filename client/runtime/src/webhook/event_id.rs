//! The ids of events.

/// The id of an event (`evt_…`). A delivery that is repeated has the same one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(String);

impl EventId {
    /// The id as a string.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

crate::__stripe_id_v1!(EventId);
