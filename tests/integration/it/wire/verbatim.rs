//! What is not known is written back as it came, also where no number of the machine holds it.

use proptest::prelude::*;
use serde_json::Value;
use stripe_financial_connections::types::Account;
use stripe_financial_connections::{List, RawJson};
use stripe_second_slice::types::HarbourVisit;

/// Any number of JSON.
fn number() -> impl Strategy<Value = String> {
    "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,25})?([eE][+-]?[0-9]{1,3})?"
}

/// Any JSON without names in it, so that none is repeated and no order is to be kept.
fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => number(),
        1 => Just("null".to_owned()),
        1 => Just("\"a \\\\\\\" 1E5 [é]\"".to_owned()),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3)
                .prop_map(|all| format!("[{}]", all.join(","))),
            inner.prop_map(|one| format!("{{\"amount\":{one}}}")),
        ]
    })
}

/// An account with a value in each place where something unknown may be.
fn account(value: &str) -> String {
    format!(
        "{{\"account_holder\":{{\"customer\":{{\"id\":\"cus_1\",\"in_raw\":{value}}},\"type\":\"customer\",\"in_field\":{value}}},\
         \"balance\":{{\"as_of\":1,\"current\":{{\"usd\":5}},\"type\":\"new\",\"in_field\":{value}}},\
         \"category\":\"cash\",\"created\":1,\"id\":\"fca_1\",\"institution_name\":\"x\",\"livemode\":false,\
         \"object\":\"financial_connections.account\",\
         \"ownership\":{{\"created\":1,\"id\":\"o\",\"object\":\"financial_connections.account_ownership\",\
         \"owners\":{{\"object\":\"list\",\"data\":[],\"has_more\":false,\"url\":\"/\",\"in_list\":{value}}},\"in_field\":{value}}},\
         \"status\":\"active\",\"subcategory\":\"checking\",\"supported_payment_method_types\":[],\"in_field\":{value}}}"
    )
}

#[track_caller]
fn comes_back<T: serde::Serialize + serde::de::DeserializeOwned>(text: &str) {
    let read: T = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_is_unknown_is_written_back_as_it_came(value in value()) {
        let account = account(&value);
        comes_back::<Account>(&account);
        comes_back::<List<Account>>(&format!(
            "{{\"object\":\"list\",\"data\":[{account}],\"has_more\":false,\"url\":\"/\",\"total\":{value}}}"
        ));
        comes_back::<RawJson>(&value);
        // In an object of several types, one of them unknown.
        comes_back::<HarbourVisit>(&format!(
            "{{\"id\":\"v\",\"livemode\":false,\"object\":\"harbour.visit\",\
             \"ship\":{{\"object\":\"harbour.wreck\",\"x\":{value}}},\"z\":{value}}}"
        ));
        comes_back::<HarbourVisit>(&format!(
            "{{\"id\":\"v\",\"livemode\":false,\"object\":\"harbour.visit\",\
             \"ship\":{{\"deleted\":true,\"id\":\"s\",\"object\":\"harbour.ship\",\"x\":{value}}}}}"
        ));
    }
}

#[test]
fn the_numbers_of_the_report_come_back() {
    for number in [
        "123456789012345678901234567890",
        "0.1000",
        "1E2",
        "-0",
        "1e400",
        "1.0e-999",
    ] {
        let account: Account =
            serde_json::from_str(&account(number)).unwrap_or_else(|error| panic!("{error}"));
        let extra = &account.extra;
        assert_eq!(extra.json("in_field").as_deref(), Some(number));
        assert_eq!(extra.get("in_field").is_some(), number != "1e400");
        assert_eq!(extra.json("nickname"), None);
    }
}

/// What JSON allows and `Value` does not hold does not cost the object.
#[test]
fn what_no_value_holds_is_kept() {
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    for odd in ["1e400", "\"\\ud800\"", "{\"a\":\"\\udc00x\"}", &deep] {
        let text = format!(
            "{{\"category\":\"cash\",\"created\":1,\"id\":\"fca_1\",\"institution_name\":\"x\",\"livemode\":false,\
             \"object\":\"financial_connections.account\",\"status\":\"active\",\"subcategory\":\"checking\",\
             \"supported_payment_method_types\":[],\"new\":{odd}}}"
        );
        comes_back::<Account>(&text);
        // As an item, and as a field, of what this library has no type for.
        let raw = format!("{{\"id\":\"x\",\"new\":{odd}}}");
        comes_back::<RawJson>(&raw);
        comes_back::<RawJson>(odd);
        let raw: RawJson = serde_json::from_str(&raw).unwrap();
        assert_eq!(
            (raw["id"].as_str(), raw["new"].is_null()),
            (Some("x"), true)
        );
        assert!(raw.json().contains(odd));
        let account: Account = serde_json::from_str(&text).unwrap();
        assert_eq!(account.extra.get("new"), None);
        assert_eq!(account.extra.json("new").as_deref(), Some(odd));
        assert!(!account.extra.is_empty());
        assert_eq!(account.extra.names().collect::<Vec<_>>(), ["new"]);
        assert_eq!(account, account.clone());
        comes_back::<HarbourVisit>(&format!(
            "{{\"id\":\"v\",\"livemode\":false,\"object\":\"harbour.visit\",\
             \"ship\":{{\"deleted\":true,\"id\":\"s\",\"object\":\"harbour.ship\",\"x\":{odd}}}}}"
        ));
        // Another format than JSON text has no way to write it, and says so.
        assert!(serde_json::to_value(&account).is_err());
    }
}

/// Types of the API may be read out of other formats, and from within other types.
#[test]
fn other_formats_are_read_and_written() {
    #[derive(serde::Serialize, serde::Deserialize)]
    struct Job {
        name: String,
        #[serde(flatten)]
        account: Account,
    }

    let text = account("[1.50,{\"amount\":7}]");
    let whole: Value = serde_json::from_str(&text).unwrap();
    let account: Account = serde_json::from_value(whole.clone()).unwrap();
    assert_eq!(serde_json::to_value(&account).unwrap(), whole);
    let job = format!("{{\"name\":\"job\",{}", &text[1..]);
    let job: Job = serde_json::from_str(&job).unwrap();
    assert_eq!(job.account, account);
    assert_eq!(
        serde_json::to_value(&job).unwrap()["in_field"],
        whole["in_field"]
    );
    let yaml = serde_yaml_ng::to_string(&account).unwrap();
    let read: Account = serde_yaml_ng::from_str(&yaml).unwrap();
    assert_eq!(read, account);
}
