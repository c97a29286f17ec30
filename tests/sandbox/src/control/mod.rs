//! The control surface: what only the user, the bank or the passing of time does elsewhere.

mod accounts;
mod clock;
mod handle;
pub(crate) mod http;
mod traffic;
mod webhooks;

pub use self::accounts::AccountSummary;
pub use self::handle::Control;
pub use self::webhooks::WebhookEndpoint;
