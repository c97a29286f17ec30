//! The options of requests, and the keys among them.

mod idempotency_key;
mod request_options;
mod secret_key;

pub use idempotency_key::IdempotencyKey;
pub use request_options::RequestOptions;
pub use secret_key::SecretKey;
