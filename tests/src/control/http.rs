//! The control handle over HTTP, below `/_sandbox`: JSON in, JSON out.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::{Control, ControlError, ControlResult};
use crate::auth::KeyKind;
use crate::bank::{BankBalance, NewTransaction};
use crate::exchange::{Incoming, Shared};
use crate::faults::{Fault, Reply, Stage};
use crate::form::Node;
use crate::holders::Holder;
use crate::kinds::{
    AccountKind, DeactivationCause, EventStyle, Feature, PaymentMethodType, Permission,
    TransactionStatus,
};
use crate::linking::NewAccount;
use crate::log::Recorded;
use crate::owners::NewOwner;
use crate::route::Operation;
use crate::webhooks::NewEndpoint;

/// Where the control surface is. No address of the API starts like this.
pub(crate) const PREFIX: &str = "/_sandbox";

/// What can be asked for, by method and path.
const CALLS: &[(&str, &str)] = &[
    ("GET /_sandbox", "this list"),
    ("GET /_sandbox/accounts", "every account in short"),
    (
        "POST /_sandbox/accounts",
        "link accounts: customer, customer_account or account, category, subcategory, institution_name, display_name, last4, permissions, supported_payment_method_types, balance {current, available} or null, currency, owners [{name, email, phone, raw_address}], transactions (how many), refreshed [features], count",
    ),
    (
        "POST /_sandbox/accounts/{id}/deactivate",
        "the connection breaks",
    ),
    (
        "POST /_sandbox/accounts/{id}/reactivate",
        "the user links again",
    ),
    (
        "POST /_sandbox/accounts/{id}/disconnect",
        "the user ends the connection",
    ),
    (
        "POST /_sandbox/accounts/{id}/fail_next_refresh",
        "feature, deactivates",
    ),
    (
        "POST /_sandbox/accounts/{id}/transactions",
        "transactions [{amount, description, status, transacted_at}] for the next refresh",
    ),
    (
        "POST /_sandbox/accounts/{id}/balance",
        "current, available for the next refresh",
    ),
    (
        "POST /_sandbox/accounts/{id}/owners",
        "owners [{name, email, phone, raw_address}] for the next refresh",
    ),
    (
        "POST /_sandbox/accounts/{id}/expect_deactivation",
        "date, cause, relink_required",
    ),
    (
        "POST /_sandbox/transactions/{id}",
        "status for the next refresh",
    ),
    ("POST /_sandbox/customers", "count"),
    (
        "POST /_sandbox/connected_accounts",
        "make a connected account",
    ),
    (
        "POST /_sandbox/keys",
        "kind: secret, live, expired, application, or restricted with operations",
    ),
    (
        "POST /_sandbox/sessions/{id}/complete",
        "accounts, as above",
    ),
    ("POST /_sandbox/refreshes/end", "end pending refreshes now"),
    ("POST /_sandbox/seed", "accounts: how many to add in bulk"),
    ("GET /_sandbox/clock", "the time"),
    ("POST /_sandbox/clock", "advance: seconds"),
    ("POST /_sandbox/rate_limits", "enabled"),
    (
        "POST /_sandbox/faults",
        "faults [{operation, skip, times, stage, delay_ms, headers, reply}]; reply is own, truncated, reset, reset_in_body, or {status, code, message} or {status, content_type, body}",
    ),
    ("DELETE /_sandbox/faults", "forget the faults to come"),
    ("GET /_sandbox/requests", "the requests so far"),
    ("DELETE /_sandbox/requests", "forget them"),
    (
        "GET /_sandbox/effects",
        "how many POSTs took effect, by operation and by idempotency key",
    ),
    (
        "POST /_sandbox/webhook_endpoints",
        "url, secret, events, api_version, style (snapshot, thin), copies, shuffled, connect",
    ),
    (
        "POST /_sandbox/webhook_endpoints/{id}/roll_secret",
        "a further secret",
    ),
    (
        "GET /_sandbox/deliveries",
        "what became of the deliveries so far",
    ),
];

/// Answers a control request: a status and a body.
pub(crate) fn handle(shared: &Arc<Shared>, incoming: &Incoming) -> (u16, Value) {
    let answer = control_for(shared, &incoming.query).and_then(|control| {
        let fields = fields(&incoming.body)?;
        let path = incoming.path.strip_prefix(PREFIX).unwrap_or_default();
        let path: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        call(&control, &incoming.method, &path, Fields(fields))
    });
    match answer {
        Ok(Some(body)) => (200, body),
        Ok(None) => {
            let call = format!("{} {}", incoming.method, incoming.path);
            let error = format!("there is no control call {call}; GET {PREFIX} lists them");
            (404, json!({"error": error}))
        }
        Err(error) => (400, json!({"error": error.to_string()})),
    }
}

/// `?account=acct_…&livemode=true` chooses whose data is meant.
fn control_for(shared: &Arc<Shared>, query: &str) -> ControlResult<Control> {
    let mut control = Control::new(Arc::clone(shared));
    let query = Node::decode(query.as_bytes()).map_err(|error| ControlError::new(error.message))?;
    for (name, value) in query {
        match (name.as_str(), value) {
            ("account", Node::Text(id)) => control = control.for_account(id),
            ("livemode", Node::Text(text)) if text == "true" => control = control.in_live_mode(),
            ("livemode", Node::Text(text)) if text == "false" => {}
            (name, _) => {
                return Err(ControlError::new(format!(
                    "`{name}` is not understood; the query takes account and livemode"
                )));
            }
        }
    }
    Ok(control)
}

fn fields(body: &[u8]) -> ControlResult<Map<String, Value>> {
    if body.is_empty() {
        return Ok(Map::new());
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(ControlError::new("the body must be a JSON object")),
        Err(error) => Err(ControlError::new(format!("the body is not JSON: {error}"))),
    }
}

fn call(
    control: &Control,
    method: &Method,
    path: &[&str],
    mut fields: Fields,
) -> ControlResult<Option<Value>> {
    let done = || json!({});
    let answer = match (method.as_str(), path) {
        ("GET", []) => CALLS
            .iter()
            .map(|(call, what)| ((*call).to_owned(), Value::from(*what)))
            .collect(),
        ("GET", ["accounts"]) => accounts(control),
        ("POST", ["accounts"]) => {
            let count = fields.count("count", 1)?;
            let new = account(&mut fields)?;
            let ids: Vec<String> = (0..count).map(|_| control.create_account(&new)).collect();
            json!({"ids": ids})
        }
        ("POST", ["accounts", id, action]) => match on_account(control, id, action, &mut fields)? {
            true => done(),
            false => return Ok(None),
        },
        ("POST", ["transactions", id]) => {
            let status = fields.word("status", TransactionStatus::from_word)?;
            let status = status.ok_or_else(|| missing("status"))?;
            control.change_transaction(id, status)?;
            done()
        }
        ("POST", ["customers"]) => {
            let count = fields.count("count", 1)?;
            let ids: Vec<String> = (0..count).map(|_| control.create_customer()).collect();
            json!({"ids": ids})
        }
        ("POST", ["connected_accounts"]) => json!({"id": control.create_connected_account()}),
        ("POST", ["keys"]) => json!({"key": control.create_key(key_kind(&mut fields)?)}),
        ("POST", ["sessions", id, "complete"]) => {
            let accounts = fields.objects("accounts", account)?;
            json!({"ids": control.complete_session(id, &accounts)?})
        }
        ("POST", ["refreshes", "end"]) => {
            control.end_refreshes();
            done()
        }
        ("POST", ["seed"]) => {
            control.seed_accounts(fields.count("accounts", 0)?);
            done()
        }
        ("GET", ["clock"]) => json!({"now": control.now()}),
        ("POST", ["clock"]) => {
            let seconds = fields.count("advance", 0)?;
            control.advance(Duration::from_secs(seconds as u64));
            json!({"now": control.now()})
        }
        ("POST", ["rate_limits"]) => {
            control.set_rate_limits(fields.flag("enabled")?);
            done()
        }
        ("POST", ["faults"]) => {
            for fault in fields.objects("faults", fault)? {
                control.add_fault(fault);
            }
            done()
        }
        ("DELETE", ["faults"]) => json!({"forgotten": control.clear_faults()}),
        ("GET", ["requests"]) => json!({
            "requests": control.requests().iter().map(request).collect::<Vec<_>>(),
        }),
        ("DELETE", ["requests"]) => {
            control.clear_requests();
            done()
        }
        ("GET", ["effects"]) => effects(control),
        ("POST", ["webhook_endpoints"]) => {
            let endpoint = control.create_webhook_endpoint(endpoint(&mut fields)?)?;
            json!({"id": endpoint.id, "secret": endpoint.secret})
        }
        ("POST", ["webhook_endpoints", id, "roll_secret"]) => {
            json!({"secret": control.roll_webhook_secret(id)?})
        }
        ("GET", ["deliveries"]) => {
            let delivered = control.deliveries();
            let delivered = delivered.iter().map(|delivered| {
                json!({
                    "endpoint": delivered.endpoint,
                    "event": delivered.event,
                    "attempt": delivered.attempt,
                    "status": delivered.status,
                })
            });
            json!({"deliveries": delivered.collect::<Vec<_>>()})
        }
        _ => return Ok(None),
    };
    fields.end()?;
    Ok(Some(answer))
}

/// Does something to an account; `false` when there is no such action.
fn on_account(
    control: &Control,
    id: &str,
    action: &str,
    fields: &mut Fields,
) -> ControlResult<bool> {
    match action {
        "deactivate" => control.deactivate(id)?,
        "reactivate" => control.reactivate(id)?,
        "disconnect" => control.disconnect(id)?,
        "fail_next_refresh" => {
            let feature = fields.word("feature", Feature::from_word)?;
            let feature = feature.ok_or_else(|| missing("feature"))?;
            if fields.flag("deactivates")? {
                control.break_at_next_refresh(id, feature)?;
            } else {
                control.fail_next_refresh(id, feature)?;
            }
        }
        "transactions" => {
            let transactions = fields.objects("transactions", transaction)?;
            control.add_transactions(id, transactions)?;
        }
        "balance" => control.set_balance(id, balance(fields)?)?,
        "owners" => control.set_owners(id, fields.objects("owners", owner)?)?,
        "expect_deactivation" => {
            let date = fields.integer("date")?.ok_or_else(|| missing("date"))?;
            let cause = fields
                .word("cause", DeactivationCause::from_word)?
                .unwrap_or(DeactivationCause::Unspecified);
            let relink_required = fields.flag("relink_required")?;
            control.expect_deactivation(id, date, cause, relink_required)?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn account(fields: &mut Fields) -> ControlResult<NewAccount> {
    let mut new = NewAccount::new();
    for (name, holder) in [
        ("customer", Holder::Customer as fn(String) -> Holder),
        ("customer_account", Holder::CustomerAccount),
        ("account", Holder::Account),
    ] {
        if let Some(id) = fields.text(name)? {
            new = new.holder(holder(id));
        }
    }
    match (fields.text("category")?, fields.text("subcategory")?) {
        (None, None) => {}
        (category, subcategory) => {
            let (category, subcategory) = (
                category.unwrap_or_default(),
                subcategory.unwrap_or_default(),
            );
            let kind = AccountKind::from_words(&category, &subcategory).ok_or_else(|| {
                ControlError::new(format!(
                    "category `{category}` and subcategory `{subcategory}` do not go together"
                ))
            })?;
            new = new.kind(kind);
        }
    }
    for (name, set) in [
        (
            "institution_name",
            NewAccount::institution as fn(_, String) -> _,
        ),
        ("display_name", NewAccount::display_name),
        ("last4", NewAccount::last4),
        ("currency", NewAccount::currency),
    ] {
        if let Some(text) = fields.text(name)? {
            new = set(new, text);
        }
    }
    if let Some(permissions) = fields.words("permissions", Permission::from_word)? {
        new = new.permissions(permissions);
    }
    let types = fields.words(
        "supported_payment_method_types",
        PaymentMethodType::from_word,
    )?;
    if let Some(types) = types {
        new = new.payment_method_types(types);
    }
    if let Some(known) = fields.0.remove("balance") {
        new = new.balance(match known {
            Value::Null => None,
            known => {
                let mut known = Fields::of("balance", known)?;
                let given = balance(&mut known)?;
                known.end()?;
                given
            }
        });
    }
    if fields.0.contains_key("owners") {
        new = new.owners(fields.objects("owners", owner)?);
    }
    new = new.transactions(fields.count("transactions", 0)?);
    if let Some(features) = fields.words("refreshed", Feature::from_word)? {
        new = new.refreshed(features);
    }
    Ok(new)
}

fn balance(fields: &mut Fields) -> ControlResult<Option<BankBalance>> {
    let available = fields.integer("available")?;
    let current = fields.integer("current")?;
    Ok(current.map(|current| BankBalance::new(current, available)))
}

fn owner(fields: &mut Fields) -> ControlResult<NewOwner> {
    let name = fields.text("name")?.ok_or_else(|| missing("name"))?;
    Ok(NewOwner {
        email: fields.text("email")?,
        phone: fields.text("phone")?,
        raw_address: fields.text("raw_address")?,
        ..NewOwner::new(name)
    })
}

fn transaction(fields: &mut Fields) -> ControlResult<NewTransaction> {
    let amount = fields.integer("amount")?.ok_or_else(|| missing("amount"))?;
    let description = fields.text("description")?.unwrap_or_default();
    let mut new = NewTransaction::new(amount, description);
    if let Some(status) = fields.word("status", TransactionStatus::from_word)? {
        new = new.status(status);
    }
    if let Some(at) = fields.integer("transacted_at")? {
        new = new.transacted_at(at);
    }
    Ok(new)
}

fn key_kind(fields: &mut Fields) -> ControlResult<KeyKind> {
    let kind = fields.text("kind")?.unwrap_or_else(|| "secret".to_owned());
    match kind.as_str() {
        "secret" => Ok(KeyKind::Secret),
        "live" => Ok(KeyKind::Live),
        "expired" => Ok(KeyKind::Expired),
        "application" => Ok(KeyKind::Application),
        "restricted" => {
            let operations = fields.words("operations", Operation::from_name)?;
            Ok(KeyKind::Restricted(operations.unwrap_or_default()))
        }
        _ => Err(ControlError::new(format!(
            "there is no kind of key `{kind}`"
        ))),
    }
}

fn fault(fields: &mut Fields) -> ControlResult<Fault> {
    let reply = fields.0.remove("reply").unwrap_or_else(|| "own".into());
    let reply = match (reply.as_str(), reply.is_object()) {
        (Some("own"), _) => Reply::Own,
        (Some("truncated"), _) => Reply::Truncated,
        (Some("reset"), _) => Reply::Reset,
        (Some("reset_in_body"), _) => Reply::ResetInBody,
        (None, true) => answer(Fields::of("reply", reply)?)?,
        _ => return Err(ControlError::new(format!("there is no reply {reply}"))),
    };
    // Half an answer, or a late one, is the answer of a request that took effect.
    let stage = match reply {
        Reply::Own | Reply::Truncated | Reply::ResetInBody => Stage::After,
        Reply::Raw { .. } | Reply::Error { .. } | Reply::Reset => Stage::Before,
    };
    let mut fault = Fault::new(reply);
    fault.operation = fields.word("operation", Operation::from_name)?;
    fault.stage = fields.word("stage", Stage::from_word)?.unwrap_or(stage);
    fault.skip = u32::try_from(fields.count("skip", 0)?).unwrap_or(u32::MAX);
    fault.times = u32::try_from(fields.count("times", 1)?).unwrap_or(u32::MAX);
    fault.delay = Duration::from_millis(fields.count("delay_ms", 0)? as u64);
    if let Some(headers) = fields.0.remove("headers") {
        for (name, value) in Fields::of("headers", headers)?.0 {
            let value = value.as_str().ok_or_else(|| wrong("headers", "texts"))?;
            fault = fault.header(name, value);
        }
    }
    Ok(fault)
}

fn answer(mut fields: Fields) -> ControlResult<Reply> {
    let status = fields.count("status", 500)?;
    let status = u16::try_from(status)
        .ok()
        .filter(|status| (200..600).contains(status))
        .ok_or_else(|| wrong("status", "a status of HTTP"))?;
    let reply = match fields.text("body")? {
        Some(body) => Reply::Raw {
            status,
            content_type: fields
                .text("content_type")?
                .unwrap_or_else(|| "text/html".to_owned()),
            body: body.into_bytes(),
        },
        None => Reply::Error {
            status,
            code: fields.text("code")?,
            message: fields
                .text("message")?
                .unwrap_or_else(|| "This error was asked for.".to_owned()),
        },
    };
    fields.end()?;
    Ok(reply)
}

fn endpoint(fields: &mut Fields) -> ControlResult<NewEndpoint> {
    let url = fields.text("url")?.ok_or_else(|| missing("url"))?;
    let mut new = NewEndpoint::new(url);
    new.secret = fields.text("secret")?;
    if let Some(events) = fields.words("events", |word| Some(word.to_owned()))? {
        new = new.events(events);
    }
    if let Some(version) = fields.text("api_version")? {
        new = new.api_version(version);
    }
    if let Some(style) = fields.word("style", EventStyle::from_word)? {
        new = new.style(style);
    }
    new.copies = u32::try_from(fields.count("copies", 1)?).unwrap_or(u32::MAX);
    new.shuffled = fields.flag("shuffled")?;
    new.connect = fields.flag("connect")?;
    Ok(new)
}

fn accounts(control: &Control) -> Value {
    let accounts = control.accounts();
    let accounts = accounts.iter().map(|account| {
        json!({
            "id": account.id,
            "category": account.kind.category(),
            "subcategory": account.kind.subcategory(),
            "institution_name": account.institution,
            "status": account.status.as_str(),
            "transactions": account.transactions,
            "has_ownership": account.has_ownership,
        })
    });
    json!({"accounts": accounts.collect::<Vec<_>>()})
}

fn request(request: &Recorded) -> Value {
    json!({
        "number": request.number,
        "method": request.method,
        "path": request.path,
        "query": request.query,
        "headers": request.headers.iter().map(|(name, value)| json!([name, value])).collect::<Vec<_>>(),
        "body": String::from_utf8_lossy(&request.body),
        "operation": request.operation.map(Operation::name),
        "idempotency_key": request.idempotency_key,
        "request_id": request.request_id,
        "status": request.status,
        "effect": request.effect,
        "replayed": request.replayed,
        "faulted": request.faulted,
        "looked_at": request.looked_at,
    })
}

fn effects(control: &Control) -> Value {
    let mut operations = BTreeMap::<&str, usize>::new();
    let mut keys = BTreeMap::<String, usize>::new();
    for request in control.requests() {
        let Some(operation) = request.operation.filter(|of| of.writes() && request.effect) else {
            continue;
        };
        *operations.entry(operation.name()).or_default() += 1;
        if let Some(key) = request.idempotency_key {
            *keys.entry(key).or_default() += 1;
        }
    }
    json!({"operations": operations, "idempotency_keys": keys})
}

fn missing(name: &str) -> ControlError {
    ControlError::new(format!("`{name}` is missing"))
}

fn wrong(name: &str, wanted: &str) -> ControlError {
    ControlError::new(format!("`{name}` must be {wanted}"))
}

/// The fields of a body. Each is taken out as it is read, and at the end nothing may be left.
struct Fields(Map<String, Value>);

impl Fields {
    fn of(name: &str, value: Value) -> ControlResult<Self> {
        match value {
            Value::Object(fields) => Ok(Self(fields)),
            _ => Err(wrong(name, "an object")),
        }
    }

    fn text(&mut self, name: &str) -> ControlResult<Option<String>> {
        match self.0.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(wrong(name, "a text")),
        }
    }

    fn integer(&mut self, name: &str) -> ControlResult<Option<i64>> {
        match self.0.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => value
                .as_i64()
                .map(Some)
                .ok_or_else(|| wrong(name, "an integer")),
        }
    }

    fn count(&mut self, name: &str, default: usize) -> ControlResult<usize> {
        match self.integer(name)? {
            None => Ok(default),
            Some(count) => usize::try_from(count).map_err(|_| wrong(name, "zero or more")),
        }
    }

    fn flag(&mut self, name: &str) -> ControlResult<bool> {
        match self.0.remove(name) {
            None | Some(Value::Null) => Ok(false),
            Some(value) => value.as_bool().ok_or_else(|| wrong(name, "true or false")),
        }
    }

    fn word<T>(
        &mut self,
        name: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> ControlResult<Option<T>> {
        match self.text(name)? {
            None => Ok(None),
            Some(word) => match read(&word) {
                Some(value) => Ok(Some(value)),
                None => Err(ControlError::new(format!("`{name}` cannot be `{word}`"))),
            },
        }
    }

    fn words<T>(
        &mut self,
        name: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> ControlResult<Option<Vec<T>>> {
        let items = match self.0.remove(name) {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::Array(items)) => items,
            Some(_) => return Err(wrong(name, "an array of texts")),
        };
        let read_item = |item: &Value| {
            let value = item.as_str().and_then(&read);
            value.ok_or_else(|| ControlError::new(format!("`{name}` cannot hold {item}")))
        };
        items
            .iter()
            .map(read_item)
            .collect::<ControlResult<Vec<T>>>()
            .map(Some)
    }

    fn objects<T>(
        &mut self,
        name: &str,
        read: impl Fn(&mut Self) -> ControlResult<T>,
    ) -> ControlResult<Vec<T>> {
        let items = match self.0.remove(name) {
            Some(Value::Array(items)) => items,
            _ => return Err(wrong(name, "an array of objects")),
        };
        let mut values = Vec::new();
        for item in items {
            let mut fields = Self::of(name, item)?;
            values.push(read(&mut fields)?);
            fields.end()?;
        }
        Ok(values)
    }

    fn end(&self) -> ControlResult<()> {
        match self.0.keys().next() {
            None => Ok(()),
            Some(name) => Err(ControlError::new(format!(
                "`{name}` is not understood here"
            ))),
        }
    }
}
