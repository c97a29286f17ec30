//! Payloads whose signature is right.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stripe_financial_connections::Timestamp;
use stripe_financial_connections::webhook::{
    ErrorKind, Event, SigningSecret, ThinEvent, Verifier, testing,
};

fuzz_target!(|payload: &[u8]| {
    let now = Timestamp::from_unix_seconds(1_790_000_000);
    let secret = SigningSecret::new("whsec_fuzz").expect("a secret");
    let header = testing::sign(payload, &secret, now);
    let verifier = Verifier::new(secret);
    let event = verifier.verify_at(payload, &header, now);
    let thin = verifier.verify_thin_at(payload, &header, now);

    // A payload is one or the other, or neither.
    assert!(event.is_err() || thin.is_err());
    if let Ok(event) = event {
        read(&event);
        assert_eq!(Some(event.id().as_str()), text(payload, "id").as_deref());
    }
    if let Ok(thin) = thin {
        read_thin(&thin);
    }
    if let Ok(event) = Event::from_slice_unverified(payload) {
        read(&event);
    }
    if let Ok(thin) = ThinEvent::from_slice_unverified(payload) {
        read_thin(&thin);
    }
});

fn text(payload: &[u8], name: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_slice(payload).ok()?;
    Some(value.get(name)?.as_str()?.to_owned())
}

fn read(event: &Event) {
    let _ = (event.created(), event.livemode(), event.api_version());
    let _ = (
        event.connected_account(),
        event.context(),
        event.pending_webhooks(),
    );
    let _ = (
        event.request_id(),
        event.idempotency_key(),
        event.previous_attributes(),
    );
    let _ = (event.matches_pinned_version(), format!("{event:?}"));
    let again = serde_json::to_value(event).expect("JSON");
    assert_eq!(again.as_object(), Some(event.fields()));
    match event.account() {
        Ok(account) => {
            let _ = format!("{account:?}");
            assert!(event.object().is_some());
        }
        Err(error) => {
            let _ = format!("{error} {error:?}");
            assert!(matches!(
                error.kind(),
                ErrorKind::Decode | ErrorKind::OtherObject
            ));
            assert!(
                error
                    .path()
                    .is_some_and(|path| path.starts_with("data.object"))
            );
        }
    }
}

fn read_thin(event: &ThinEvent) {
    let _ = (
        event.created(),
        event.livemode(),
        event.context(),
        event.reason(),
    );
    let _ = format!("{event:?}");
    if let Some(related) = event.related_object() {
        assert_eq!(
            event.get("related_object").expect("a field")["id"],
            related.id
        );
    }
}
