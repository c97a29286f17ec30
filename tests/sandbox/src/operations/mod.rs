//! The operations of the API, on a tenant's data.

mod accounts;
mod dispatch;
mod events;
mod found;
mod lookup;
mod owners;
mod refreshes;
mod sessions;
mod times;
mod transactions;

pub(crate) use self::dispatch::call;
pub(crate) use self::found::Found;
