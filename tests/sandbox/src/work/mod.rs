//! What happens to a tenant's data, caused by the API, the user, the bank or the clock.

mod connection;
mod draw;
mod emit;
mod institutions;
mod link;
mod outcome;
mod owners;
mod refresh;
mod seed;
mod settle;
mod transactions;
mod unit;

pub(crate) use self::unit::Work;
