//! Refusals: those of the API, and those of the control surface.

mod api;
mod control;

pub(crate) use self::api::{ApiError, ErrorType};
pub use self::control::{ControlError, ControlResult};
