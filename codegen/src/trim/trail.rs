//! The way from the root to where a walk stands, spelled out only for those who ask.
//!
//! A walk visits thousands of places and names a few of them. A [`Pointer`] owns all its segments.

use crate::pointer::Pointer;

/// A place on a walk.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trail<'w> {
    last: Option<(&'w Trail<'w>, Segment<'w>)>,
}

/// One step of it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Segment<'w> {
    Key(&'w str),
    Index(usize),
}

impl<'w> Trail<'w> {
    /// The whole document.
    pub(super) const ROOT: Self = Self { last: None };

    /// One step further.
    pub(super) fn join(&'w self, segment: impl Into<Segment<'w>>) -> Self {
        Self {
            last: Some((self, segment.into())),
        }
    }

    fn to_pointer(self) -> Pointer {
        match self.last {
            None => Pointer::root(),
            Some((before, Segment::Key(key))) => before.to_pointer().join(key),
            Some((before, Segment::Index(index))) => before.to_pointer().join(index),
        }
    }
}

impl From<Trail<'_>> for Pointer {
    fn from(trail: Trail<'_>) -> Self {
        trail.to_pointer()
    }
}

impl From<&Trail<'_>> for Pointer {
    fn from(trail: &Trail<'_>) -> Self {
        trail.to_pointer()
    }
}

impl<'w> From<&'w str> for Segment<'w> {
    fn from(key: &'w str) -> Self {
        Self::Key(key)
    }
}

impl<'w> From<&'w String> for Segment<'w> {
    fn from(key: &'w String) -> Self {
        Self::Key(key)
    }
}

impl From<usize> for Segment<'_> {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}
