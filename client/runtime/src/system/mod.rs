//! The clock and the randomness of the system: one file each, both replaceable in tests.

mod clock;
mod random;

pub(crate) use clock::within;
pub use clock::{Clock, SystemClock, Wait};
pub(crate) use random::up_to;
pub use random::{Random, SystemRandom};
