//! API keys, and the account that a request acts for.

use std::collections::BTreeMap;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;

use super::secrets::masked;
use crate::api::Operation;
use crate::choices::KeyPolicy;
use crate::errors::ApiError;
use crate::settings::Settings;
use crate::store::Tenant;

/// The permissions of a key.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[non_exhaustive]
pub enum KeyKind {
    /// Everything, in test mode: `sk_test_…`.
    Secret,
    /// Everything, in live mode: `sk_live_…`. Live objects are other objects.
    Live,
    /// Nothing: it has expired.
    Expired,
    /// These operations only: `rk_test_…`.
    Restricted(Vec<Operation>),
    /// Nothing: the application lacks permissions.
    Application,
}

/// The keys that exist.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keys {
    known: BTreeMap<String, KeyKind>,
}

/// The authenticated caller of a request.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) tenant: Tenant,
    pub(crate) kind: KeyKind,
    /// The account header as it was sent.
    pub(crate) account_header: Option<String>,
}

impl Keys {
    pub(crate) fn insert(&mut self, key: String, kind: KeyKind) {
        self.known.insert(key, kind);
    }

    /// Every key that was made.
    pub(crate) fn into_all(self) -> Vec<(String, KeyKind)> {
        self.known.into_iter().collect()
    }

    /// What a key may do; `None` if it is not accepted.
    fn kind(&self, key: &str, settings: &Settings) -> Option<KeyKind> {
        if settings.expired_keys.iter().any(|expired| expired == key) {
            return Some(KeyKind::Expired);
        }
        if let Some(allowed) = settings.restricted_keys.get(key) {
            return Some(KeyKind::Restricted(allowed.clone()));
        }
        if let Some(kind) = self.known.get(key) {
            return Some(kind.clone());
        }
        let any = settings.keys == KeyPolicy::Any;
        match mode(key)? {
            Mode::Test => any.then_some(KeyKind::Secret),
            Mode::Live => (any && settings.live_keys).then_some(KeyKind::Live),
        }
    }

    /// Authenticates a request. It may act for one of `accounts`, of which the platform is first.
    pub(crate) fn admit(
        &self,
        headers: &HeaderMap,
        accounts: &[String],
        settings: &Settings,
    ) -> Result<Caller, ApiError> {
        let key = presented(headers).ok_or_else(|| {
            ApiError::unauthorized(
                "You did not provide an API key. Send it as a bearer token, or as the user name of \
                 basic authentication.",
            )
            .header("www-authenticate", "Basic realm=\"Stripe\"")
        })?;
        let kind = self.kind(&key, settings).ok_or_else(|| invalid(&key))?;
        if kind == KeyKind::Expired {
            return Err(ApiError::unauthorized(format!(
                "Expired API Key provided: {}",
                masked(&key)
            ))
            .code("api_key_expired"));
        }
        let account_header = ["stripe-account", "stripe-context"]
            .into_iter()
            .find_map(|name| Some(headers.get(name)?.to_str().ok()?.to_owned()));
        let account = match &account_header {
            None => accounts.first(),
            // A context is a path of accounts; the last one counts.
            Some(header) => {
                let wanted = header.rsplit('/').next().unwrap_or_default();
                let known = accounts.iter().find(|account| *account == wanted);
                Some(known.ok_or_else(|| {
                    ApiError::forbidden(format!(
                        "The key {} does not have access to the account '{header}', or that \
                         account does not exist.",
                        masked(&key)
                    ))
                    .code("account_invalid")
                })?)
            }
        };
        Ok(Caller {
            tenant: Tenant {
                account: account.cloned().unwrap_or_default(),
                livemode: kind == KeyKind::Live,
            },
            kind,
            account_header,
        })
    }
}

impl Caller {
    /// Whether the key may do this.
    pub(crate) fn check(&self, operation: Operation) -> Result<(), ApiError> {
        match &self.kind {
            KeyKind::Restricted(allowed) if !allowed.contains(&operation) => {
                let resource = operation.name().split('.').next().unwrap_or_default();
                let access = if operation.writes() { "write" } else { "read" };
                Err(ApiError::forbidden(format!(
                    "The provided key does not have the required permissions for this endpoint on \
                     account '{}'. Having the 'rak_financial_connections_{resource}_{access}' \
                     permission would allow this request to continue.",
                    self.tenant.account
                )))
            }
            KeyKind::Application => Err(ApiError::forbidden(
                "This application does not have the permissions that this request needs on the \
                 account.",
            )
            .code("more_permissions_required_for_application")),
            _ => Ok(()),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Test,
    Live,
}

/// The mode of a well-formed key: `sk_test_…`, `rk_live_…`.
fn mode(key: &str) -> Option<Mode> {
    let rest = key
        .strip_prefix("sk_")
        .or_else(|| key.strip_prefix("rk_"))?;
    let (mode, random) = rest.split_once('_')?;
    let filled = !random.is_empty() && key.len() <= 255;
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    match mode {
        _ if !filled || !random.chars().all(plain) => None,
        "test" => Some(Mode::Test),
        "live" => Some(Mode::Live),
        _ => None,
    }
}

fn invalid(key: &str) -> ApiError {
    let hint = match mode(key) {
        Some(Mode::Live) => {
            ". The sandbox takes test keys; its setting live_keys makes it take live ones as well"
        }
        Some(Mode::Test) | None => "",
    };
    ApiError::unauthorized(format!("Invalid API Key provided: {}{hint}", masked(key)))
}

/// The key of a request: a bearer token, or the user of basic authentication.
fn presented(headers: &HeaderMap) -> Option<String> {
    let header = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, credentials) = header.split_once(' ')?;
    let key = if scheme.eq_ignore_ascii_case("bearer") {
        credentials.trim().to_owned()
    } else if scheme.eq_ignore_ascii_case("basic") {
        let decoded = base64(credentials.trim())?;
        decoded.split(':').next()?.to_owned()
    } else {
        return None;
    };
    (!key.is_empty()).then_some(key)
}

/// Decodes base64, for basic authentication alone.
fn base64(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut bits = 0_u32;
    let mut held = 0;
    for letter in text.bytes().filter(|letter| *letter != b'=') {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(((bits >> held) & 0xff) as u8);
        }
    }
    String::from_utf8(bytes).ok()
}
