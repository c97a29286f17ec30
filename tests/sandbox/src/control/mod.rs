//! The control surface: it does what only the user, the bank or time does with the real API.

mod accounts;
mod clock;
mod handle;
pub(crate) mod http;
mod traffic;
mod webhooks;

pub use self::accounts::AccountSummary;
pub use self::handle::Control;
pub use self::webhooks::WebhookEndpoint;
