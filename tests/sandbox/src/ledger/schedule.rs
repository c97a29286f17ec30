//! Tasks that run when the clock reaches their time.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::kinds::Feature;
use crate::store::Row;

/// A scheduled task.
#[derive(Clone, Copy, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub(crate) enum Task {
    /// A refresh ends, if this attempt of it is still pending.
    EndRefresh {
        account: Row,
        feature: Feature,
        attempt: u64,
    },
    /// A subscribed account is refreshed, about daily.
    DailyRefresh { account: Row, subscription: u64 },
    /// The warning of an expected deactivation, thirty days ahead.
    WarnOfDeactivation { account: Row, date: i64 },
    /// The warning of an account number's expiry, thirty days ahead.
    WarnOfExpiry { account: Row, date: i64 },
    /// A connection breaks without a warning.
    Break { account: Row },
    /// An expected deactivation happens.
    Deactivate { account: Row, date: i64 },
}

impl Task {
    /// The account that it is about.
    pub(crate) const fn account(self) -> Row {
        match self {
            Self::EndRefresh { account, .. }
            | Self::DailyRefresh { account, .. }
            | Self::WarnOfDeactivation { account, .. }
            | Self::WarnOfExpiry { account, .. }
            | Self::Break { account }
            | Self::Deactivate { account, .. } => account,
        }
    }
}

/// Tasks by their time, then in the order in which they were scheduled.
#[derive(Clone, Debug, Default)]
pub(crate) struct Schedule {
    tasks: BTreeMap<(i64, u64), Task>,
    made: u64,
}

impl Serialize for Schedule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.tasks.iter().map(|((due, _), task)| (due, task)))
    }
}

impl<'de> Deserialize<'de> for Schedule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut schedule = Self::default();
        for (due, task) in Vec::<(i64, Task)>::deserialize(deserializer)? {
            schedule.at(due, task);
        }
        Ok(schedule)
    }
}

impl Schedule {
    pub(crate) fn tasks(&self) -> impl Iterator<Item = &Task> {
        self.tasks.values()
    }

    pub(crate) fn at(&mut self, due: i64, task: Task) {
        self.made += 1;
        self.tasks.insert((due, self.made), task);
    }

    /// When the next task is due.
    pub(crate) fn next(&self) -> Option<i64> {
        self.tasks.keys().next().map(|(due, _)| *due)
    }

    /// How many daily refreshes there are.
    pub(crate) fn daily(&self) -> usize {
        let daily = |task: &&Task| matches!(task, Task::DailyRefresh { .. });
        self.tasks.values().filter(daily).count()
    }

    /// The first task that is due, with its time.
    pub(crate) fn take_due(&mut self, now: i64) -> Option<(i64, Task)> {
        let entry = self.tasks.first_entry()?;
        let (due, _) = *entry.key();
        (due <= now).then(|| (due, entry.remove()))
    }
}
