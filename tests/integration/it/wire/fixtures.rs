//! The vendor's own fixtures, which are not part of the repository.

use serde_json::Value;

use super::reading::read;

#[test]
fn upstreams_fixtures_come_back_whole() {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/upstream/fixtures3.json"
    );
    let Ok(text) = std::fs::read_to_string(file) else {
        println!("skipped: ../shared/upstream/fixtures3.json does not lie beside this checkout");
        return;
    };
    let fixtures: Value = serde_json::from_str(&text).unwrap();
    for (resource, name) in [
        ("account", "Account"),
        ("account_owner", "AccountOwner"),
        ("account_ownership", "AccountOwnership"),
        ("session", "Session"),
        ("transaction", "Transaction"),
    ] {
        let fixture = &fixtures["resources"][format!("financial_connections.{resource}")];
        assert!(fixture.is_object(), "{resource}");
        let (back, shown) = read(name, &fixture.to_string()).unwrap().unwrap();
        let lost = codegen::differences(fixture, &back);
        assert!(lost.is_empty(), "{resource}: {lost:#?}");
        assert!(
            !shown.contains("extra: {\"") && !shown.contains("UnknownValue("),
            "{shown}"
        );
    }
}
