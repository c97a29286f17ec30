//! Around the execution of requests: keys, idempotency, rate limits, faults and the log.

mod entry;
mod faults;
mod fingerprint;
mod gate;
mod idempotency;
mod keys;
mod log;
mod rate;
mod script;
mod secrets;

pub use self::entry::Recorded;
pub(crate) use self::entry::{Entry, OnRequest, Outcome};
pub(crate) use self::faults::DEFAULT_MESSAGE;
pub use self::faults::{Fault, Reply, Stage};
pub(crate) use self::fingerprint::Fingerprint;
pub(crate) use self::gate::Gate;
pub use self::gate::Held;
pub(crate) use self::idempotency::{Kept, Stored, check_key};
pub use self::keys::KeyKind;
pub(crate) use self::keys::{Caller, Keys};
pub(crate) use self::log::{Effects, Log};
pub(crate) use self::rate::RateLimits;
pub(crate) use self::script::{Faults, Target};
