//! The life of accounts and sessions.

mod connections;
mod drive;
mod owners;
mod refreshes;
mod sessions;
mod subscriptions;
mod transactions;
