//! What a change means for users of the client.

use std::fmt;
use std::ops::BitOr;

/// What a change does to users of the client. Several may hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effects(u8);

/// The step of the client's version that changes ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// Nothing changed.
    None,
    /// `0.0.1`
    Patch,
    /// `0.1.0`
    Minor,
    /// `1.0.0`
    Major,
}

impl Effects {
    /// No effect.
    pub const NONE: Self = Self(0);
    /// Nothing that a program could notice.
    pub const DOCUMENTS: Self = Self(1);
    /// Something new can be sent or read.
    pub const ADDS: Self = Self(2);
    /// Released clients fail on answers, or lose their meaning.
    pub const BREAKS_DECODING: Self = Self(4);
    /// Programs no longer compile with the next client, or their calls are refused from now on.
    pub const BREAKS_API: Self = Self(8);
    /// Both programs and released clients break.
    pub(super) const BREAKS_BOTH: Self = Self::BREAKS_API.and(Self::BREAKS_DECODING);

    const NAMES: [(Self, &str); 4] = [
        (Self::BREAKS_API, "breaks API"),
        (Self::BREAKS_DECODING, "breaks decoding"),
        (Self::ADDS, "adds"),
        (Self::DOCUMENTS, "documents"),
    ];

    /// These effects and others.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of these effects hold.
    pub fn has(self, effects: Self) -> bool {
        self.0 & effects.0 == effects.0
    }

    /// Whether programs or released clients break.
    pub fn breaks(self) -> bool {
        self.has(Self::BREAKS_API) || self.has(Self::BREAKS_DECODING)
    }

    /// The names of these effects, the gravest first.
    pub fn names(self) -> Vec<&'static str> {
        let held = Self::NAMES
            .into_iter()
            .filter(|(effect, _)| self.has(*effect));
        held.map(|(_, name)| name).collect()
    }

    /// The step of a client at 1.0 or later.
    pub fn bump(self) -> Bump {
        if self.breaks() {
            Bump::Major
        } else if self.has(Self::ADDS) {
            Bump::Minor
        } else if self == Self::NONE {
            Bump::None
        } else {
            Bump::Patch
        }
    }

    /// The step of a client before 1.0, where Cargo takes the minor number for the breaking one.
    pub fn bump_before_1_0(self) -> Bump {
        match self.bump() {
            Bump::Major => Bump::Minor,
            Bump::Minor => Bump::Patch,
            other => other,
        }
    }

    /// The order of reports: the gravest first.
    pub(super) fn rank(self) -> u8 {
        u8::MAX - self.0
    }
}

impl BitOr for Effects {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.and(other)
    }
}

impl fmt::Display for Effects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.names().join(", "))
    }
}

impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}
