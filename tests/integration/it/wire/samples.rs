//! Answers as the vendor's guides show them, which leave out what the document requires.

use serde_json::{Value, json};
use stripe_financial_connections::types::{Account, AccountOwner};
use stripe_financial_connections::{Expandable, Lenient, List};

use crate::support::script_server::{Reply, ScriptServer, account};

/// An owner as the guide to ownership shows one: without an id and without a kind.
fn owner() -> Value {
    json!({
        "email": "ann@example.com",
        "name": "Ann Example",
        "ownership": "fcaowns_1",
        "phone": null,
        "raw_address": "1 Any Street",
        "refreshed_at": 1_790_000_000,
    })
}

fn owners() -> Value {
    json!({ "object": "list", "data": [owner(), owner()], "has_more": false, "url": "/" })
}

#[test]
fn owners_without_an_id_are_read_and_written_back() {
    let read: AccountOwner = serde_json::from_value(owner()).unwrap();
    assert_eq!(
        (read.id.as_ref(), read.name.as_str()),
        (None, "Ann Example")
    );
    assert_eq!(serde_json::to_value(&read).unwrap(), owner());
    let list: List<Lenient<AccountOwner>> = serde_json::from_str(&owners().to_string()).unwrap();
    assert!(list.data.iter().all(|owner| owner.item().is_some()));

    let mut whole = account("fca_1");
    whole["ownership"] = json!({
        "created": 1, "id": "fcaowns_1", "object": "financial_connections.account_ownership",
        "owners": owners(),
    });
    let read: Account = serde_json::from_value(whole.clone()).unwrap();
    let Some(Expandable::Object(ownership)) = &read.ownership else {
        panic!("{read:?}")
    };
    assert_eq!(ownership.owners.data.len(), 2);
    assert_eq!(serde_json::to_value(&read).unwrap(), whole);
}

/// Without ids there is no way to a second page, and that is said.
#[tokio::test]
async fn a_list_of_owners_without_ids_is_read_as_far_as_it_goes() {
    let mut more = owners();
    more["has_more"] = true.into();
    let server = ScriptServer::replies([Reply::json(200, &more)]).await;
    let request = server.client().accounts().owners("fca_1", "fcaowns_1");
    assert_eq!(request.clone().await.unwrap().data.len(), 2);
    let mut pages = request.pages();
    assert_eq!(pages.next().await.unwrap().unwrap().data.len(), 2);
    assert!(pages.next().await.unwrap().unwrap_err().is_pagination());
}
