//! The life of accounts and sessions.

mod refreshes;
