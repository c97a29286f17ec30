//! The whole state of one sandbox, and what its threads share of it.

pub(crate) mod deliver;
mod saved;
mod shared;
mod state;

pub(crate) use self::saved::Saved;
pub(crate) use self::shared::Shared;
pub(crate) use self::state::World;
