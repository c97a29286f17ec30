//! Requests that are more than a form, and responses that are not JSON.

use serde_json::{Value, json};
use stripe_second_slice::params::HarbourPilotParams as Pilot;
use stripe_second_slice::types::{
    HarbourStatus as Status, ModifyHarbourBerthSide, ReplaceHarbourBerthSide,
};
use stripe_second_slice::{Client, RawJson};

use super::builder;
use crate::support::script_server::{Reply, ScriptServer, Seen};

async fn start(replies: impl IntoIterator<Item = Reply>) -> (ScriptServer, Client) {
    let server = ScriptServer::replies(replies).await;
    let client = builder(&server).build().unwrap().into();
    (server, client)
}

/// The last request: its method, what it asks for, and its body.
fn sent(server: &ScriptServer) -> Seen {
    server.seen().last().unwrap().clone()
}

#[tokio::test]
async fn a_put_has_a_query_a_header_and_a_body() {
    let berth = json!({ "id": "ber_1", "object": "harbour.berth", "length": 40 });
    let (server, client) = start([Reply::json(200, &berth)]).await;
    let berth = client
        .harbour_berths()
        .replace(7, ReplaceHarbourBerthSide::Port, "Ann", 40, "eight")
        .dry_run(true)
        .status(Status::UnknownValue_)
        .await
        .unwrap();
    assert_eq!(berth.length, 40);
    let sent = sent(&server);
    assert_eq!(
        (
            sent.method.as_str(),
            sent.target.as_str(),
            sent.body.as_str()
        ),
        (
            "PUT",
            "/v1/harbour/berths/7/port?dry_run=true",
            "length=40&number=eight&status=unknown_value"
        )
    );
    assert_eq!(sent.header("harbour-master"), Some("Ann"));
    assert!(sent.idempotency_key().is_some());
}

#[tokio::test]
async fn a_patch_is_answered_with_nothing() {
    let (server, client) = start([Reply::new(204, "", "")]).await;
    let anything: Value = json!({ "a": [1, { "b": null }] });
    let response = client
        .harbour_berths()
        .modify(7, ModifyHarbourBerthSide::Starboard)
        .anything(anything)
        .await
        .unwrap();
    assert_eq!(response.status(), 204);
    let sent = sent(&server);
    assert_eq!(
        (
            sent.method.as_str(),
            sent.target.as_str(),
            sent.body.as_str()
        ),
        (
            "PATCH",
            "/v1/harbour/berths/7/starboard",
            "anything[a][0]=1&anything[a][1][b]="
        )
    );
}

#[tokio::test]
async fn a_json_body_holds_what_a_response_holds() {
    let pilot = json!({ "name": "Ann", "extra": "a", "status": "free", "notes": [1], "new": 1 });
    let (server, client) = start([Reply::json(200, &pilot)]).await;
    let pilot = client
        .harbour_pilots()
        .update("pil_1", "Ann")
        .deputy(Pilot::new("Bo").status(Status::Free))
        .notes(json!({ "a": [1, null] }))
        .include(["licence"])
        .await
        .unwrap();
    assert_eq!(pilot.extra_.as_deref(), Some("a"));
    assert_eq!(pilot.extra.get("new"), Some(&json!(1)));
    assert_eq!(pilot.notes, Some(RawJson::from(json!([1]))));
    let sent = sent(&server);
    assert_eq!(
        (sent.method.as_str(), sent.target.as_str()),
        ("POST", "/v2/harbour/pilots/pil_1?include[0]=licence")
    );
    assert_eq!(sent.header("content-type"), Some("application/json"));
    let body: Value = serde_json::from_str(&sent.body).unwrap();
    assert_eq!(
        body,
        json!({
            "name": "Ann",
            "deputy": { "name": "Bo", "status": "free" },
            "notes": { "a": [1, null] },
        })
    );
}

#[tokio::test]
async fn bytes_come_as_they_are() {
    let (_server, client) = start([Reply::new(200, "application/pdf", "%PDF-1.7")]).await;
    let receipt = client
        .harbour_visits()
        .retrieve_receipt("vis_1")
        .await
        .unwrap();
    assert_eq!(&receipt[..], b"%PDF-1.7");
}
