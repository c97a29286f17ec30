//! Randomness: the one module that draws it.

use std::fmt;

/// Where a client takes randomness from: for idempotency keys and for the jitter of pauses.
///
/// Anybody may implement it: a method that a later version adds has a default.
pub trait Random: fmt::Debug + Send + Sync + 'static {
    /// Sixteen random bytes.
    fn bytes(&self) -> [u8; 16];
}

/// The operating system's source of randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    #[expect(clippy::disallowed_methods, reason = "this is the random module")]
    fn bytes(&self) -> [u8; 16] {
        // Six bits of a version 4 UUID are fixed; whoever wants all sixteen bytes for a key sets
        // the same six, and the low half that jitter reads has sixty-two free ones.
        uuid::Uuid::new_v4().into_bytes()
    }
}

/// A number in `0..=max`, evenly spread.
pub(crate) fn up_to(random: &dyn Random, max: u64) -> u64 {
    let [.., a, b, c, d, e, f, g] = random.bytes();
    let draw = u64::from_be_bytes([0, a, b, c, d, e, f, g]);
    // Scaling a 56-bit draw keeps the whole range of a duration in nanoseconds within 128 bits.
    let scaled = (u128::from(draw) * (u128::from(max) + 1)) >> 56;
    u64::try_from(scaled).unwrap_or(max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Fixed(u8);

    impl Random for Fixed {
        fn bytes(&self) -> [u8; 16] {
            [self.0; 16]
        }
    }

    #[test]
    fn both_ends_are_reached_and_not_passed() {
        for max in [0, 1, 1000, u64::MAX >> 9] {
            assert_eq!(up_to(&Fixed(0), max), 0);
            assert_eq!(up_to(&Fixed(0xff), max), max);
        }
    }
}
