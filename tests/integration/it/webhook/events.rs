//! Events: nothing unforeseen in one loses it.

use serde_json::{Value, json};
use stripe_financial_connections::types::{AccountId, AccountStatus, EventType};
use stripe_financial_connections::webhook::{ErrorKind, Event, ThinEvent, ThinEventType};
use stripe_financial_connections::{API_VERSION, Currency, Timestamp};

fn account() -> Value {
    json!({
        "id": "fca_1",
        "object": "financial_connections.account",
        "account_holder": {"type": "customer", "customer": "cus_1"},
        "balance": {"as_of": 1_789_999_999, "type": "cash", "cash": {"available": {"usd": 100}}, "current": {"usd": 120}},
        "category": "cash",
        "created": 1_780_000_000,
        "display_name": "Savings",
        "institution_name": "Bank",
        "last4": "6789",
        "livemode": false,
        "status": "active",
        "subcategory": "savings",
        "supported_payment_method_types": ["us_bank_account"],
    })
}

fn event() -> Value {
    json!({
        "id": "evt_1",
        "object": "event",
        "type": "financial_connections.account.refreshed_balance",
        "account": "acct_1",
        "api_version": API_VERSION,
        "context": "ctx_1",
        "created": 1_790_000_000,
        "data": {"object": account(), "previous_attributes": {"balance": null}},
        "livemode": false,
        "pending_webhooks": 2,
        "request": {"id": "req_1", "idempotency_key": "key_1"},
    })
}

fn read(value: &Value) -> Event {
    Event::from_slice_unverified(&serde_json::to_vec(value).unwrap()).unwrap()
}

fn refused(value: &Value) -> (ErrorKind, Option<String>) {
    let error = Event::from_slice_unverified(&serde_json::to_vec(value).unwrap()).unwrap_err();
    (error.kind(), error.path().map(str::to_owned))
}

#[test]
fn every_field_is_read() {
    let event = read(&event());
    assert_eq!(event.id(), "evt_1");
    assert_eq!(event.kind(), &EventType::AccountRefreshedBalance);
    assert_eq!(event.connected_account(), Some("acct_1"));
    assert_eq!(event.api_version(), Some(API_VERSION));
    assert!(event.matches_pinned_version());
    assert_eq!(event.context(), Some("ctx_1"));
    assert_eq!(
        event.created(),
        Some(Timestamp::from_unix_seconds(1_790_000_000))
    );
    assert_eq!(event.livemode(), Some(false));
    assert_eq!(event.pending_webhooks(), Some(2));
    assert_eq!(event.request_id(), Some("req_1"));
    assert_eq!(event.idempotency_key(), Some("key_1"));
    assert_eq!(event.object(), Some(&account()));
    assert_eq!(event.previous_attributes(), Some(&json!({"balance": null})));
    let account = event.account().unwrap();
    assert_eq!(account.id, "fca_1");
    assert_eq!(account.balance.unwrap().current.get("usd"), Some(&120));
}

#[test]
fn only_id_and_type_are_needed() {
    let event = read(&json!({"id": "evt_1", "type": "financial_connections.account.created"}));
    assert_eq!(event.kind(), &EventType::AccountCreated);
    assert!(!event.matches_pinned_version());
    assert_eq!(
        (event.created(), event.livemode(), event.object()),
        (None, None, None)
    );
    assert_eq!((event.request_id(), event.idempotency_key()), (None, None));
    let error = event.account().unwrap_err();
    assert_eq!(
        (error.kind(), error.path()),
        (ErrorKind::Decode, Some("data.object"))
    );

    for (value, path) in [
        (json!({"type": "x"}), Some("id")),
        (json!({"id": 1, "type": "x"}), Some("id")),
        (json!({"id": "evt_1"}), Some("type")),
        (json!({"id": "evt_1", "type": null}), Some("type")),
        (json!({}), Some("id")),
        (json!([]), None),
        (json!("evt_1"), None),
        (json!(null), None),
    ] {
        assert_eq!(
            refused(&value),
            (ErrorKind::NotAnEvent, path.map(str::to_owned)),
            "{value}"
        );
    }
}

#[test]
fn any_other_field_may_be_anything() {
    let odd = [
        json!(null),
        json!(7),
        json!(-1.5),
        json!("x"),
        json!([1]),
        json!({"id": []}),
        json!(true),
    ];
    for name in [
        "object",
        "account",
        "api_version",
        "context",
        "created",
        "data",
        "livemode",
        "pending_webhooks",
        "request",
        "new",
    ] {
        for value in &odd {
            let mut changed = event();
            changed[name] = value.clone();
            let event = read(&changed);
            assert_eq!(event.id(), "evt_1", "{name}");
            assert_eq!(event.get(name), Some(value));
            assert_eq!(serde_json::to_value(&event).unwrap(), changed);
        }
    }
}

#[test]
fn the_request_of_old_versions_is_its_id() {
    let mut old = event();
    old["request"] = json!("req_1");
    let event = read(&old);
    assert_eq!(
        (event.request_id(), event.idempotency_key()),
        (Some("req_1"), None)
    );
}

#[test]
fn an_unknown_type_is_kept_with_its_object() {
    let mut unknown = event();
    unknown["type"] = json!("financial_connections.account.renamed");
    let event = read(&unknown);
    assert!(matches!(event.kind(), EventType::UnknownValue(_)));
    assert_eq!(event.kind(), &"financial_connections.account.renamed");
    assert_eq!(event.account().unwrap().id, "fca_1");
}

#[test]
fn every_known_type_is_known() {
    assert_eq!(EventType::KNOWN.len(), 14);
    for kind in EventType::KNOWN {
        let mut known = event();
        known["type"] = json!(kind);
        let event = read(&known);
        assert!(
            !matches!(event.kind(), EventType::UnknownValue(_)),
            "{kind}"
        );
        assert_eq!(event.kind(), kind);
    }
}

#[test]
fn an_object_that_does_not_decode_is_named_and_kept() {
    let cases = [
        ("id", json!(7), "data.object.id"),
        ("status", json!(null), "data.object.status"),
        (
            "balance",
            json!({"as_of": "today", "current": {}, "type": "cash"}),
            "data.object.balance.as_of",
        ),
        (
            "supported_payment_method_types",
            json!(["us_bank_account", 5]),
            "data.object.supported_payment_method_types[1]",
        ),
    ];
    for (field, value, path) in cases {
        let mut changed = event();
        changed["data"]["object"][field] = value.clone();
        let event = read(&changed);
        let error = event.account().unwrap_err();
        assert_eq!(
            (error.kind(), error.path()),
            (ErrorKind::Decode, Some(path))
        );
        assert_eq!(event.object().unwrap()[field], value);
        assert_eq!(serde_json::to_value(&event).unwrap(), changed);
    }
    let mut missing = event();
    missing["data"]["object"]
        .as_object_mut()
        .unwrap()
        .remove("status");
    let error = read(&missing).account().unwrap_err();
    assert_eq!(
        (error.kind(), error.path()),
        (ErrorKind::Decode, Some("data.object.status"))
    );
}

#[test]
fn another_kind_of_object_is_told_from_a_broken_account() {
    let mut other = event();
    other["type"] = json!("financial_connections.authorization.upcoming_deactivation");
    other["data"]["object"] =
        json!({"id": "fcauth_1", "object": "financial_connections.authorization"});
    let event = read(&other);
    assert_eq!(event.kind(), &EventType::AuthorizationUpcomingDeactivation);
    let error = event.account().unwrap_err();
    assert_eq!(
        (error.kind(), error.path()),
        (ErrorKind::OtherObject, Some("data.object.object"))
    );
    assert_eq!(event.object().unwrap()["id"], "fcauth_1");
}

#[test]
fn another_version_is_told_and_read() {
    let mut old = event();
    old["api_version"] = json!("2024-06-20");
    let event = read(&old);
    assert!(!event.matches_pinned_version());
    assert_eq!(event.account().unwrap().id, "fca_1");
}

#[test]
fn the_envelopes_of_event_buses_are_taken_off() {
    let bridge = json!({
        "version": "0", "id": "aws", "detail-type": "financial_connections.account.created", "account": "1",
        "source": "aws.partner/stripe.com/ed_1", "detail": event(),
    });
    let grid = json!({
        "specversion": "1.0", "id": "azure", "type": "x", "source": "/x", "data": event(),
    });
    for envelope in [bridge, grid] {
        assert_eq!(read(&envelope), read(&event()));
    }
    // An envelope without an event in it is not one.
    assert_eq!(
        refused(&json!({"id": "aws", "detail-type": "x", "detail": "y"})).0,
        ErrorKind::NotAnEvent
    );
}

#[test]
fn debug_shows_nothing_of_the_object() {
    let mut personal = event();
    personal["new"] = json!("jane");
    personal["data"]["object"]["display_name"] = json!("jane");
    let shown = format!("{:?}", read(&personal));
    assert!(
        shown.contains("evt_1") && shown.contains("AccountRefreshedBalance"),
        "{shown}"
    );
    assert!(
        !shown.contains("jane") && !shown.contains("6789"),
        "{shown}"
    );
}

#[test]
fn thin_events_and_snapshots_are_told_apart() {
    let thin = json!({"id": "evt_1", "object": "v2.core.event", "type": "v1.financial_connections.account.created"});
    assert_eq!(refused(&thin).0, ErrorKind::Thin);
    let error =
        ThinEvent::from_slice_unverified(&serde_json::to_vec(&event()).unwrap()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotThin);
}

/// A line of a log stays one line, whatever an id, a kind or another name holds.
#[test]
fn control_characters_are_escaped_wherever_they_are_shown() {
    const ODD: &str = "evt_1\nERROR forged \u{1b}[31m\u{7f}\u{85}\u{2028}\u{202e}\u{feff}";
    const SHOWN: &str = "evt_1\\nERROR forged \\u{1b}[31m\\u{7f}\\u{85}\\u{2028}\\u{202e}\\u{feff}";
    let mut value = event();
    value["id"] = ODD.into();
    value["type"] = ODD.into();
    let event = read(&value);
    assert_eq!(event.id().as_str(), ODD);
    assert_eq!(event.id().to_string(), SHOWN);
    assert_eq!(event.kind().to_string(), SHOWN);
    assert_eq!(
        format!("{:>1$}", event.id(), SHOWN.len() + 2),
        format!("  {SHOWN}")
    );
    let thin = json!({"id": ODD, "object": "v2.core.event", "type": ODD,
        "related_object": {"id": ODD, "type": ODD, "url": format!("/{ODD}?q={ODD}")}});
    let thin = ThinEvent::from_slice_unverified(thin.to_string().as_bytes()).unwrap();
    assert_eq!(thin.id().to_string(), SHOWN);
    let id = AccountId::from(ODD);
    let currency = Currency::from(ODD);
    for text in [
        format!("{event:?} {thin:?} {:?}", event.id()),
        format!("{id} {id:?} {currency} {currency:?}"),
        format!(
            "{:?} {}",
            AccountStatus::from(ODD),
            AccountStatus::from(ODD)
        ),
    ] {
        assert!(text.contains("forged"), "{text}");
        let odd = |it: char| it.is_control() || "\u{2028}\u{202e}\u{feff}".contains(it);
        assert!(!text.contains(odd), "{text:?}");
    }
    // What is sent and stored is the text itself.
    assert_eq!(serde_json::to_value(&id).unwrap(), ODD);
    assert_eq!(String::from(id), ODD);
    // And what is common is not escaped.
    assert_eq!(AccountId::from("é'\"\\ 日本").to_string(), "é'\"\\ 日本");
}

/// An id may be empty: the event is signed, and must not be lost.
#[test]
fn an_empty_id_is_taken_and_seen() {
    let mut value = event();
    value["id"] = "".into();
    let event = read(&value);
    assert_eq!(event.id(), "");
    assert!(format!("{event:?}").contains("EventId(\"\")"), "{event:?}");
}

#[test]
fn an_empty_context_is_none() {
    let thin = json!({"id": "evt_1", "object": "v2.core.event", "type": "x", "context": ""});
    let thin = ThinEvent::from_slice_unverified(thin.to_string().as_bytes()).unwrap();
    assert_eq!(thin.context(), None);
    let mut value = event();
    value["context"] = "".into();
    value["account"] = "".into();
    let event = read(&value);
    assert_eq!((event.context(), event.connected_account()), (None, None));
}

#[test]
fn thin_events_are_read() {
    let value = json!({
        "id": "evt_1",
        "object": "v2.core.event",
        "type": "v1.financial_connections.account.balance_refresh_failed",
        "created": "2026-10-29T17:46:22.134Z",
        "context": "acct_1",
        "livemode": true,
        "reason": {"type": "request", "request": {"id": "req_1"}},
        "related_object": {
            "id": "fca_1",
            "type": "financial_connections.account",
            "url": "/v1/financial_connections/accounts/fca_1",
        },
        "new": 1,
    });
    let event = ThinEvent::from_slice_unverified(&serde_json::to_vec(&value).unwrap()).unwrap();
    assert_eq!(event.id(), "evt_1");
    assert_eq!(
        event.kind(),
        "v1.financial_connections.account.balance_refresh_failed"
    );
    assert_eq!(event.created(), Some("2026-10-29T17:46:22.134Z"));
    assert_eq!(
        (event.context(), event.livemode()),
        (Some("acct_1"), Some(true))
    );
    assert_eq!(event.reason().unwrap()["request"]["id"], "req_1");
    let related = event.related_object().unwrap();
    assert_eq!(
        (related.id, related.kind),
        ("fca_1", "financial_connections.account")
    );
    assert_eq!(related.url, "/v1/financial_connections/accounts/fca_1");
    assert_eq!(serde_json::to_value(&event).unwrap(), value);

    for bare in ["created", "context", "livemode", "reason", "related_object"] {
        let mut value = value.clone();
        value.as_object_mut().unwrap().remove(bare);
        let event = ThinEvent::from_slice_unverified(&serde_json::to_vec(&value).unwrap()).unwrap();
        assert_eq!(event.get(bare), None);
        assert_eq!(event.related_object().is_none(), bare == "related_object");
    }
}

/// A verified event waits in a queue, alone or within another type, and comes back whole.
#[test]
fn a_stored_event_comes_back_without_loss() {
    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Job {
        event: Event,
        thin: Option<ThinEvent>,
        attempts: u32,
    }

    for number in [
        "1",
        "0.1000",
        "1E2",
        "123456789012345678901234567890",
        "1e400",
    ] {
        let snapshot = format!(
            "{{\"z\":{number},\"id\":\"evt_1\",\"type\":\"x\",\"data\":{{\"object\":{{\"b\":[{number}],\"a\":1}}}}}}"
        );
        let thin = snapshot.replace("\"type\"", "\"object\":\"v2.core.event\",\"type\"");
        let job = Job {
            event: Event::from_slice_unverified(snapshot.as_bytes()).unwrap(),
            thin: Some(ThinEvent::from_slice_unverified(thin.as_bytes()).unwrap()),
            attempts: 1,
        };
        let stored = serde_json::to_string(&job).unwrap();
        let read: Job = serde_json::from_str(&stored).unwrap();
        assert_eq!(read, job);
        assert_eq!(serde_json::to_string(&read).unwrap(), stored);
        if number != "1" {
            assert_eq!(
                (read.event.json(), read.event.id().as_str()),
                (snapshot.as_str(), "evt_1")
            );
        }
    }
    // By way of a value too, and of another format.
    let event = read(&event());
    let value = serde_json::to_value(&event).unwrap();
    assert_eq!(serde_json::from_value::<Event>(value).unwrap(), event);
    let yaml = serde_yaml_ng::to_string(&event).unwrap();
    assert_eq!(serde_yaml_ng::from_str::<Event>(&yaml).unwrap(), event);
    // What is none is refused, with the reason.
    for (text, reason) in [
        ("[]", "not an event"),
        ("{\"id\":\"evt_1\"}", "not an event"),
        (
            "{\"id\":\"evt_1\",\"type\":\"x\",\"object\":\"v2.core.event\"}",
            "thin event",
        ),
    ] {
        let error = serde_json::from_str::<Event>(text).unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
    }
    assert!(serde_json::from_str::<ThinEvent>("{\"id\":\"evt_1\",\"type\":\"x\"}").is_err());
}

/// At the version that the library is made for, and at later ones.
#[test]
fn kinds_of_thin_events_are_known() {
    for kind in EventType::KNOWN {
        let thin = format!("v1.{kind}");
        assert!(ThinEventType::KNOWN.contains(&thin.as_str()), "{thin}");
    }
    for kind in ThinEventType::KNOWN {
        let known = ThinEventType::from(*kind);
        assert!(!matches!(known, ThinEventType::UnknownValue(_)), "{kind}");
        assert_eq!(known.as_str(), *kind);
    }
    let thin = |kind: &str| {
        let json = json!({"id": "evt_1", "object": "v2.core.event", "type": kind});
        ThinEvent::from_slice_unverified(json.to_string().as_bytes()).unwrap()
    };
    let event = thin("v1.financial_connections.account.refreshed_balance");
    assert_eq!(*event.kind(), ThinEventType::AccountRefreshedBalance);
    let event = thin("v1.financial_connections.account.balance_refresh_failed");
    assert_eq!(*event.kind(), ThinEventType::AccountBalanceRefreshFailed);
    let event = thin("v3.tomorrow");
    assert!(
        matches!(event.kind(), ThinEventType::UnknownValue(it) if it.as_str() == "v3.tomorrow")
    );
}
