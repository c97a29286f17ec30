//! Around the execution of requests: keys, idempotency, rate limits, faults and the log.

mod faults;
mod gate;
mod idempotency;
mod keys;
mod log;
mod rate;

pub(crate) use self::faults::Faults;
pub use self::faults::{Fault, Reply, Stage};
pub(crate) use self::gate::Gate;
pub use self::gate::Held;
pub(crate) use self::idempotency::{Fingerprint, Kept, Stored, check_key};
pub use self::keys::KeyKind;
pub(crate) use self::keys::{Caller, Keys};
pub use self::log::Recorded;
pub(crate) use self::log::{Log, OnRequest};
pub(crate) use self::rate::RateLimits;
