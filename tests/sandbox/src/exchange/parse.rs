//! Reading a request: everything that takes no look at the world.

use axum::http::{HeaderMap, Method};
use serde_json::{Value, json};

use crate::api::{Document, history, version};
use crate::errors::ApiError;
use crate::settings::Settings;
use crate::traffic::Fingerprint;
use crate::wire::{Incoming, Node, Route, expand, params};

/// What a request asks for. Mistakes in it are told when their turn comes.
pub(crate) struct Parsed {
    pub(crate) version: Result<String, ApiError>,
    pub(crate) params: Result<Value, ApiError>,
    pub(crate) fingerprint: Fingerprint,
}

impl Parsed {
    pub(crate) fn of(incoming: &Incoming, route: &Route, settings: &Settings) -> Self {
        let version = version::negotiate(
            &incoming.headers,
            settings.versions,
            &settings.default_version,
        );
        // A wrong version is told before anything about parameters.
        let params = params(incoming, route, version.as_deref().unwrap_or_default());
        let fingerprint = match &params {
            Ok(params) => Fingerprint::of(&incoming.path, params),
            Err(_) => Fingerprint::of_invalid(&incoming.path, &incoming.body),
        };
        Self {
            version,
            params,
            fingerprint,
        }
    }
}

/// Validates the parameters and the paths to expand.
fn params(incoming: &Incoming, route: &Route, version: &str) -> Result<Value, ApiError> {
    let fields = if incoming.method == Method::POST {
        check_content_type(&incoming.headers, &incoming.body)?;
        Node::decode(&incoming.body)?
    } else {
        Node::decode(incoming.query.as_bytes())?
    };
    let Some(operation) = route.operation() else {
        return params::check(&event_params(route), fields);
    };
    let document = Document::get();
    let schema = history::params_at(operation, version, document.params(operation));
    let params = params::check(&schema, fields).map_err(|error| explain_preview(error, version))?;
    let params = history::modern(operation, params);
    expand::check(
        document.answer(operation, true),
        params::words(&params["expand"]),
    )?;
    Ok(params)
}

/// Previews have parameters of their own, which are unknown here.
fn explain_preview(mut error: ApiError, version: &str) -> ApiError {
    let preview = version.contains(".preview");
    if preview && error.code.as_deref() == Some("parameter_unknown") {
        error.message.push_str(
            "; the sandbox accepts the versions of previews, and simulates none of their parameters",
        );
    }
    error
}

/// The parameters of the operations that are not in the document.
fn event_params(route: &Route) -> Value {
    match route {
        Route::Events => json!({
            "type": "object",
            "properties": {
                "created": {"anyOf": [
                    {"type": "object", "properties": {
                        "gt": {"type": "integer"},
                        "gte": {"type": "integer"},
                        "lt": {"type": "integer"},
                        "lte": {"type": "integer"},
                    }},
                    {"type": "integer"},
                ]},
                "type": {"type": "string"},
                "types": {"type": "array", "items": {"type": "string"}},
                "limit": {"type": "integer"},
                "starting_after": {"type": "string"},
                "ending_before": {"type": "string"},
            },
        }),
        Route::Event(_) | Route::CoreEvent(_) | Route::Operation(..) => {
            json!({"type": "object", "properties": {}})
        }
    }
}

/// Bodies are forms; any other content type is rejected.
fn check_content_type(headers: &HeaderMap, body: &[u8]) -> Result<(), ApiError> {
    const FORM: &str = "application/x-www-form-urlencoded";
    let given = headers
        .get(axum::http::header::CONTENT_TYPE)
        .map(|value| String::from_utf8_lossy(value.as_bytes()));
    let given = given.as_deref().unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim();
    if body.is_empty() || essence.is_empty() || essence.eq_ignore_ascii_case(FORM) {
        return Ok(());
    }
    Err(ApiError::invalid(format!(
        "Invalid request: the content type is {essence}, and must be {FORM}."
    )))
}
