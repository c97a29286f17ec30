//! Pagination: which page comes next, and prefetching it.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::runtime::{Handle, Id};

use super::source::{Cursor, Source};
use crate::error::{Error, Kind};
use crate::params::Direction;
#[cfg(feature = "blocking")]
use crate::transport::blocking;
use crate::transport::{Call, Pending, Received, Task};

/// The state of pagination. It knows cursors and nothing of items, so that it is compiled once.
pub(crate) struct Pager {
    call: Call,
    source: Source,
    /// Beyond which item the next page lies; before the first page, where the caller resumes.
    cursor: Option<Cursor>,
    next: Next,
    guard: Guard,
    /// How many items are still wanted.
    wanted: Option<usize>,
    /// Whether the caller's thread is blocked while it waits.
    blocking: bool,
}

enum Next {
    /// Not asked for yet.
    Page,
    /// Asked for by the caller's own task, on this runtime: its connection and its timeouts belong to it.
    Awaited(Pending, Option<Id>),
    /// Asked for ahead.
    Ahead(Task<Received>),
    /// There is more, and no way to it.
    Lost(Error),
    /// There is none.
    End,
}

impl Pager {
    pub(crate) fn new(call: Call, source: Source) -> Self {
        Self {
            call,
            source,
            cursor: None,
            next: Next::Page,
            guard: Guard::default(),
            wanted: None,
            blocking: false,
        }
    }

    pub(crate) fn call(&self) -> &Call {
        &self.call
    }

    pub(crate) fn direction(&self) -> Direction {
        self.source.direction
    }

    /// Starts beyond the item with this id. Has no effect once the first page was requested.
    pub(crate) fn resume_after(&mut self, cursor: String) {
        if matches!(self.next, Next::Page) {
            self.cursor = Some(Cursor::Item(cursor));
        }
    }

    /// Ends after so many further items, or earlier if an earlier end was set.
    pub(crate) fn limit(&mut self, items: usize) {
        let wanted = self.wanted().min(items);
        self.wanted = Some(wanted);
        if wanted == 0 {
            self.next = Next::End;
        }
    }

    /// How many items are still wanted.
    pub(crate) fn wanted(&self) -> usize {
        self.wanted.unwrap_or(usize::MAX)
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn block(&mut self) {
        self.call = self.call.clone().blocking();
        self.blocking = true;
    }

    pub(crate) fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Received, Error>>> {
        let runtime = self.runtime();
        loop {
            let received = match &mut self.next {
                Next::End => return Poll::Ready(None),
                Next::Lost(_) => match std::mem::replace(&mut self.next, Next::End) {
                    Next::Lost(error) => return Poll::Ready(Some(Err(error))),
                    _ => return Poll::Ready(None),
                },
                Next::Page => {
                    let pending = self.source.fetch(&self.call, self.cursor.as_ref());
                    self.next = self.begin(pending);
                    continue;
                }
                // What another runtime has begun makes no progress while that one is blocked or gone.
                Next::Awaited(_, began) if *began != runtime => None,
                Next::Ahead(ahead) if Some(ahead.runtime()) != runtime => None,
                Next::Awaited(pending, _) => Some(ready!(pending.as_mut().poll(context))),
                Next::Ahead(ahead) => ready!(Pin::new(ahead).poll(context)),
            };
            // What comes next is only known when the page has been read.
            match received {
                Some(received) => {
                    self.next = Next::End;
                    return Poll::Ready(Some(received));
                }
                None => self.next = Next::Page,
            }
        }
    }

    /// The body of the page was cut short: its request goes on.
    pub(crate) fn resume(&mut self, pending: Pending) {
        self.next = self.begin(pending);
    }

    /// A page has been read: fetches the next one ahead, if there is one and it is wanted.
    ///
    /// `cursor` is the id of the page's last item in the direction of the list, or what the page of a
    /// search names.
    pub(crate) fn page_read(
        &mut self,
        items: usize,
        has_more: bool,
        cursor: Option<Cursor>,
    ) -> Result<(), Error> {
        if let Some(wanted) = &mut self.wanted {
            *wanted = wanted.saturating_sub(items);
        }
        if !has_more || self.wanted == Some(0) {
            return Ok(());
        }
        let cursor = match cursor {
            None => return Err(self.lost("a page is empty, and the API says that there are more")),
            Some(cursor) if cursor.as_str().is_empty() => {
                // The items of this page have come, and are not lost with those that follow.
                self.next = Next::Lost(self.lost(match cursor {
                    Cursor::Item(_) => "the last item of a page has no id to continue from",
                    Cursor::Page(_) => "the API says that there are more, and names no next page",
                }));
                return Ok(());
            }
            Some(cursor) if self.guard.repeats(cursor.as_str()) => {
                return Err(self.lost("the pages repeat: an item came as the last one twice"));
            }
            Some(cursor) => cursor,
        };
        self.next = self.ahead(self.source.fetch(&self.call, Some(&cursor)));
        self.cursor = Some(cursor);
        Ok(())
    }

    /// The runtime that requests make progress on.
    fn runtime(&self) -> Option<Id> {
        #[cfg(feature = "blocking")]
        if self.blocking {
            return blocking::runtime().ok().map(Handle::id);
        }
        Handle::try_current().ok().map(|runtime| runtime.id())
    }

    /// Sends a request that the caller awaits.
    fn begin(&self, pending: Pending) -> Next {
        if self.blocking {
            // A blocked thread cannot drive a request of its own.
            self.ahead(pending)
        } else {
            Next::Awaited(pending, self.runtime())
        }
    }

    /// Sends a request that makes progress while nobody awaits it.
    fn ahead(&self, pending: Pending) -> Next {
        #[cfg(feature = "blocking")]
        if self.blocking {
            return match blocking::runtime() {
                Ok(runtime) => Next::Ahead(Task::new(runtime, pending)),
                Err(error) => Next::Lost(error),
            };
        }
        match Handle::try_current() {
            Ok(runtime) => Next::Ahead(Task::new(&runtime, pending)),
            // Says so when it is awaited.
            Err(_) => Next::Awaited(pending, None),
        }
    }

    fn lost(&self, detail: &'static str) -> Error {
        Error::new(Kind::Pagination, detail)
            .with(|inner| inner.operation = Some(self.call.operation().name))
    }
}

/// Detects repeating cursors with Brent's cycle-finding algorithm, which keeps one cursor.
///
/// It compares each cursor with one that it keeps, and keeps a newer one after 1, 2, 4, 8, … steps:
/// once the distance is as long as the circle, the walk comes back to the one that is kept.
#[derive(Default)]
struct Guard {
    kept: Option<String>,
    steps: u64,
    distance: u64,
}

impl Guard {
    fn repeats(&mut self, cursor: &str) -> bool {
        if self.kept.as_deref() == Some(cursor) {
            return true;
        }
        if self.steps == self.distance {
            self.kept = Some(cursor.to_owned());
            self.distance = self.distance.saturating_mul(2).max(1);
            self.steps = 0;
        }
        self.steps += 1;
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// After how many cursors a walk is stopped that goes `lead` steps and then round in a circle.
    fn stopped_after(lead: usize, circle: usize) -> usize {
        let mut guard = Guard::default();
        let cursor = |step: usize| {
            if step < lead {
                step
            } else {
                lead + (step - lead) % circle
            }
        };
        (0..10_000)
            .find(|step| guard.repeats(&cursor(*step).to_string()))
            .unwrap()
    }

    #[test]
    fn a_circle_of_any_length_is_noticed() {
        assert_eq!(stopped_after(0, 1), 1);
        for lead in 0..20 {
            for circle in 1..20 {
                let after = stopped_after(lead, circle);
                assert!(after <= 3 * (lead + circle) + 1, "{lead} {circle} {after}");
            }
        }
    }

    #[test]
    fn a_straight_walk_is_not_stopped() {
        let mut guard = Guard::default();
        assert!(!(0..10_000).any(|step| guard.repeats(&step.to_string())));
    }
}
