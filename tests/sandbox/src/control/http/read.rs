//! The arguments of control calls, read from JSON.

use std::time::Duration;

use serde_json::Value;

use super::fields::{Fields, missing, wrong};
use crate::api::Operation;
use crate::errors::{ControlError, ControlResult};
use crate::kinds::{
    AccountKind, EventStyle, Feature, PaymentMethodType, Permission, TransactionStatus,
};
use crate::objects::{BankBalance, Holder, NewAccount, NewOwner, NewTransaction};
use crate::traffic::{Fault, KeyKind, Reply, Stage};
use crate::webhooks::NewEndpoint;

pub(super) fn account(fields: &mut Fields) -> ControlResult<NewAccount> {
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

pub(super) fn balance(fields: &mut Fields) -> ControlResult<Option<BankBalance>> {
    let available = fields.integer("available")?;
    let current = fields.integer("current")?;
    Ok(current.map(|current| BankBalance::new(current, available)))
}

pub(super) fn owner(fields: &mut Fields) -> ControlResult<NewOwner> {
    let name = fields.text("name")?.ok_or_else(|| missing("name"))?;
    Ok(NewOwner {
        email: fields.text("email")?,
        phone: fields.text("phone")?,
        raw_address: fields.text("raw_address")?,
        ..NewOwner::new(name)
    })
}

pub(super) fn transaction(fields: &mut Fields) -> ControlResult<NewTransaction> {
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

pub(super) fn key_kind(fields: &mut Fields) -> ControlResult<KeyKind> {
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

pub(super) fn fault(fields: &mut Fields) -> ControlResult<Fault> {
    let reply = fields.0.remove("reply").unwrap_or_else(|| "own".into());
    let reply = match (reply.as_str(), reply.is_object()) {
        (Some("own"), _) => Reply::Own,
        (Some("truncated"), _) => Reply::Truncated,
        (Some("reset"), _) => Reply::Reset,
        (Some("reset_in_body"), _) => Reply::ResetInBody,
        (None, true) => answer(Fields::of("reply", reply)?)?,
        _ => return Err(ControlError::new(format!("there is no reply {reply}"))),
    };
    // Half a response, or a late one, belongs to a request that took effect.
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

pub(super) fn endpoint(fields: &mut Fields) -> ControlResult<NewEndpoint> {
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
