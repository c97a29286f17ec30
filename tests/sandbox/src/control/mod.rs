//! The control surface: it does what only the user, the bank or time does with the real API.

mod accounts;
mod clock;
mod handle;
mod holds;
pub(crate) mod http;
mod snapshots;
mod state;
mod traffic;
mod trigger;
mod webhooks;

pub use self::accounts::AccountSummary;
pub use self::handle::Control;
pub use self::state::Snapshot;
pub use self::webhooks::WebhookEndpoint;
