//! A server that answers from a script, with a clock that a test moves.

mod clock;
mod reply;
mod server;

pub(crate) use self::clock::TestClock;
pub(crate) use self::reply::{Cut, Framing, Reply, account};
pub(crate) use self::server::{KEY, ScriptServer, Seen, settle};
