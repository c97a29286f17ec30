//! The whole state of one sandbox, and what its threads share of it.

pub(crate) mod deliver;
mod shared;
mod state;

pub(crate) use self::shared::Shared;
pub(crate) use self::state::World;
