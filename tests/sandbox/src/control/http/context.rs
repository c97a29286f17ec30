//! What the handlers of control calls share.

use std::sync::Arc;

use axum::extract::FromRef;
use serde_json::Value;
use utoipa::openapi::OpenApi;

use crate::control::handle::Control;

/// What the handlers share.
#[derive(Clone)]
pub(super) struct Context {
    control: Control,
    document: Arc<OpenApi>,
}

impl Context {
    pub(super) fn new(control: Control, document: OpenApi) -> Self {
        Self {
            control,
            document: Arc::new(document),
        }
    }

    /// The document of the calls.
    pub(super) fn document(&self) -> Value {
        // The document is made of names and texts, which JSON can hold.
        serde_json::to_value(&*self.document).unwrap_or_default()
    }
}

impl FromRef<Context> for Control {
    fn from_ref(context: &Context) -> Self {
        context.control.clone()
    }
}
