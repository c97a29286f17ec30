//! Bodies of answers: the first byte of the input chooses the type, the rest is the body.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde::Serialize;
use serde::de::DeserializeOwned;
use stripe_financial_connections::types::{Account, AccountOwner, Session, Transaction};
use stripe_financial_connections::{Lenient, List, Listed, RawJson};

fuzz_target!(|input: &[u8]| {
    let Some((choice, body)) = input.split_first() else {
        return;
    };
    match choice % 8 {
        0 => object::<Account>(body),
        1 => object::<AccountOwner>(body),
        2 => object::<Session>(body),
        3 => object::<Transaction>(body),
        4 => list::<Account>(body),
        5 => list::<Transaction>(body),
        6 => list::<AccountOwner>(body),
        _ => list::<RawJson>(body),
    }
});

/// Reads a body, and what was read, written down, once more: it has to be the same.
fn object<T: DeserializeOwned + Serialize + std::fmt::Debug>(body: &[u8]) {
    if let Ok(value) = serde_json::from_slice::<T>(body) {
        let written = serde_json::to_vec(&value).expect("JSON");
        let again: T = serde_json::from_slice(&written).expect("what was written");
        assert_eq!(format!("{value:?}"), format!("{again:?}"));
    }
    // The errors of answers, with the path of the field, come about in the same way.
    if let Ok(Lenient::Raw(raw)) = serde_json::from_slice::<Lenient<T>>(body) {
        let error = raw.error();
        assert!(error.is_decode());
        let shown = format!("{error} {error:?} {:?}", error.path());
        assert!(!shown.contains('\n'));
    }
}

fn list<T: DeserializeOwned + Listed>(body: &[u8]) {
    if let Ok(list) = serde_json::from_slice::<List<Lenient<T>>>(body) {
        for item in &list.data {
            let _ = item.cursor();
        }
        // Not the other way round: of a field that comes twice, only the last is kept.
        if serde_json::from_slice::<List<T>>(body).is_ok() {
            assert!(list.data.iter().all(|item| item.item().is_some()));
        }
    }
}
