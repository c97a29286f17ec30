//! The way from the root to where a walk stands, spelled out only for those who ask.
//!
//! A walk visits thousands of places and names a few of them. A [`Pointer`] owns all its segments.

use crate::pointer::Pointer;

/// A place on a walk.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trail<'w> {
    last: Option<(&'w Trail<'w>, Segment<'w>)>,
}

/// One step of it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Segment<'w> {
    Key(&'w str),
    Index(usize),
}

impl<'w> Trail<'w> {
    /// The whole document.
    pub(crate) const ROOT: Self = Self { last: None };

    /// One step further.
    pub(crate) fn join(&'w self, segment: impl Into<Segment<'w>>) -> Self {
        Self {
            last: Some((self, segment.into())),
        }
    }

    /// The keys and indices on the way, the last one first.
    pub(crate) fn upwards(&self) -> impl Iterator<Item = Segment<'w>> {
        let mut next = self.last;
        std::iter::from_fn(move || {
            let (before, segment) = next?;
            next = before.last;
            Some(segment)
        })
    }

    /// Whether the walk began at this member of the root.
    pub(crate) fn is_below(&self, member: &str) -> bool {
        match self.upwards().last() {
            Some(Segment::Key(key)) => key == member,
            _ => false,
        }
    }

    /// The key at which the walk stands.
    pub(crate) fn key(&self) -> Option<&'w str> {
        match self.last?.1 {
            Segment::Key(key) => Some(key),
            Segment::Index(_) => None,
        }
    }

    fn to_pointer(self) -> Pointer {
        let mut segments: Vec<String> = self
            .upwards()
            .map(|segment| match segment {
                Segment::Key(key) => key.to_owned(),
                Segment::Index(index) => index.to_string(),
            })
            .collect();
        segments.reverse();
        Pointer::from_iter(segments)
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
