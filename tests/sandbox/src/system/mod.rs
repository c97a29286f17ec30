//! The outside: time and randomness.

pub(crate) mod clock;
mod random;

pub use self::clock::Clock;
pub(crate) use self::random::Random;
