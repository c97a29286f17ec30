//! The second slice against a server: what it sends, and what becomes of the answers.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use stripe_second_slice::params::{
    CreateHarbourShipParamsCrew as Crew, UpdateHarbourShipParamsBerth as Berth,
    UpdateHarbourShipParamsContact as Contact,
};
use stripe_second_slice::types::{
    CreateHarbourShipParamsCrewRank as Rank, CreateHarbourShipParamsSurvey as Survey,
    CreateHarbourShipParamsType as ShipType, HarbourBerthOrHarbourBuoy as Mooring, HarbourShip,
    HarbourShipOrDeletedHarbourShip as ShipOrDeleted, HarbourVisit,
};
use stripe_second_slice::{Clearable, Client, Either, Expandable, Method, RangeQuery, Timestamp};

use super::{builder, list, ship};
use crate::support::script_server::{Reply, ScriptServer};

async fn start(answers: impl IntoIterator<Item = Value>) -> (ScriptServer, Client) {
    let replies = answers.into_iter().map(|answer| Reply::json(200, &answer));
    let server = ScriptServer::replies(replies).await;
    let client = builder(&server).build().unwrap().into();
    (server, client)
}

/// The last request: its method, what it asks for, and its body.
#[track_caller]
fn check_sent(server: &ScriptServer, method: &str, target: &str, body: &str) {
    let seen = server.seen();
    let last = seen.last().unwrap();
    assert_eq!(
        (
            last.method.as_str(),
            last.target.as_str(),
            last.body.as_str()
        ),
        (method, target, body)
    );
    let has_key = last.idempotency_key().is_some();
    assert_eq!(has_key, method == "POST", "{method} {target}");
}

#[tokio::test]
async fn parameters_are_sent_as_the_document_has_them() {
    let (server, client) = start([ship("ship_1")]).await;
    let ships = client.harbour_ships();

    let crew = [
        Crew::new(Rank::Captain).name("Ann").languages(["en", "no"]),
        Crew::new("stoker"),
    ];
    ships
        .create(crew, "Mary", ShipType::BulkMinusCarrier)
        .metadata(BTreeMap::from([("order".to_owned(), "6735".to_owned())]))
        .survey(Either::Right(Survey::Today))
        .draught(4)
        .expand(["owner"])
        .await
        .unwrap();
    check_sent(
        &server,
        "POST",
        "/v1/harbour/ships",
        "crew[0][languages][0]=en&crew[0][languages][1]=no&crew[0][name]=Ann&crew[0][rank]=captain\
         &crew[1][rank]=stoker&draught=4&expand[0]=owner&metadata[order]=6735&name=Mary\
         &survey=today&type=bulk-carrier",
    );

    ships
        .update("ship_1")
        .berth(Either::Right(Berth::new(40)))
        .contact(Contact::new().phone("110"))
        .flag(Clearable::Clear)
        .metadata(Clearable::Clear)
        .await
        .unwrap();
    check_sent(
        &server,
        "POST",
        "/v1/harbour/ships/ship_1",
        "berth[length]=40&contact[phone]=110&flag=&metadata=",
    );
    ships
        .update("ship_1")
        .berth(Either::Left("ber_1".to_owned()))
        .contact(Clearable::Clear)
        .flag("NO".to_owned())
        .await
        .unwrap();
    let body = "berth=ber_1&contact=&flag=NO";
    check_sent(&server, "POST", "/v1/harbour/ships/ship_1", body);
}

/// A range, words of Rust's and names of options.
#[tokio::test]
async fn filters_are_sent_as_the_document_has_them() {
    let (server, client) = start([list(&[], false)]).await;
    let ships = client.harbour_ships();
    ships
        .list()
        .created(RangeQuery::new().gte(Timestamp::from_unix_seconds(1_790_000_000)))
        .limit(3)
        .timeout_(48)
        .type_("ro/ro")
        .timeout(std::time::Duration::from_secs(5))
        .await
        .unwrap();
    let query = "created[gte]=1790000000&limit=3&timeout=48&type=ro%2Fro";
    let target = format!("/v1/harbour/ships?{query}");
    check_sent(&server, "GET", &target, "");
}

#[tokio::test]
async fn a_deleted_ship_is_a_variant_of_its_own() {
    let deleted = json!({ "id": "ship_1", "object": "harbour.ship", "deleted": true });
    let sunk = json!({ "id": "ship_1", "object": "harbour.wreck" });
    let (server, client) = start([deleted.clone(), deleted, ship("ship_1"), sunk]).await;
    let ships = client.harbour_ships();
    assert!(ships.delete("ship_1").await.unwrap().deleted);
    check_sent(&server, "DELETE", "/v1/harbour/ships/ship_1", "");
    let found = ships.retrieve("ship_1").await.unwrap();
    assert!(matches!(&*found, ShipOrDeleted::DeletedHarbourShip(ship) if ship.id == "ship_1"));
    let found = ships.retrieve("ship_1").await.unwrap();
    assert!(matches!(&*found, ShipOrDeleted::HarbourShip(ship) if ship.name == "Mary"));
    let found = ships.retrieve("ship_1").await.unwrap();
    assert!(matches!(&*found, ShipOrDeleted::Other(raw) if raw["object"] == "harbour.wreck"));
}

/// Every idiom of an answer, values and fields of tomorrow included, read and written back.
#[test]
fn nothing_of_a_ship_is_lost() {
    let berth = json!({ "id": "ber_1", "object": "harbour.berth", "length": 40, "ship": "ship_1" });
    let buoy = json!({ "id": "buo_1", "object": "harbour.buoy", "lit": true });
    let jetty = json!({ "id": "jet_1", "object": "harbour.jetty" });
    let mut json = ship("ship_1");
    json["berth"] = berth.clone();
    json["contact"] = json!({ "email": "ann@example.com", "phone": null });
    json["crew"] = json!([{ "rank": "stoker" }, { "rank": "mate", "name": "Bo" }]);
    json["flag"] = Value::Null;
    json["holds"] = json!([{ "name": "aft", "within": { "name": "main", "within": null } }]);
    json["moorings"] = list(&[berth, buoy, jetty], true);
    json["owner"] = json!({ "id": "com_1", "object": "harbour.company", "name": "Lines" });
    json["tags"] = json!([]);
    json["tonnage"] = json!("1200.50");
    json["type"] = json!("BULK-CARRIER");
    json["engine"] = json!({ "power": 9000 });

    let ship: HarbourShip = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(ship.berth.as_ref().unwrap().object().unwrap().length, 40);
    let within = ship.holds[0].within.as_ref().unwrap();
    assert_eq!(within.name, "main");
    assert_eq!(ship.crew[0].rank.as_str(), "stoker");
    assert_eq!(ship.type_.as_str(), "BULK-CARRIER");
    assert_eq!(ship.owner.as_ref().unwrap().id(), "com_1");
    let [
        Mooring::HarbourBerth(_),
        Mooring::HarbourBuoy(_),
        Mooring::Other(_),
    ] = &ship.moorings.data[..]
    else {
        panic!("{:?}", ship.moorings)
    };
    assert!(!format!("{ship:?}").contains("ann@example.com"));
    assert_eq!(serde_json::to_value(&ship).unwrap(), json);

    let json = json!({
        "id": "vis_1",
        "object": "harbour.visit",
        "livemode": false,
        "cargo": { "count": 3 },
        "notes": { "pilot": [1, 2] },
        "payer": { "id": "cus_1", "object": "customer" },
        "ship": { "id": "ship_1", "object": "harbour.ship", "deleted": true },
    });
    let visit: HarbourVisit = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(visit.payer.as_ref().unwrap().id(), "cus_1");
    assert!(matches!(
        &visit.ship,
        Expandable::Object(ship) if matches!(&**ship, ShipOrDeleted::DeletedHarbourShip(_))
    ));
    assert_eq!(serde_json::to_value(&visit).unwrap(), json);
}

#[tokio::test]
async fn lists_are_read_over_their_pages() {
    let pages = [
        list(&[ship("ship_1"), ship("ship_2")], true),
        list(&[ship("ship_3")], false),
    ];
    let (server, client) = start(pages).await;
    let ships = client.harbour_ships().list().limit(2).stream();
    let ships = ships.try_collect().await.unwrap();
    let ids: Vec<_> = ships.iter().map(|ship| ship.id.as_str()).collect();
    assert_eq!(ids, ["ship_1", "ship_2", "ship_3"]);
    let target = "/v1/harbour/ships?limit=2&starting_after=ship_2";
    check_sent(&server, "GET", target, "");
}

/// A list of several types goes on behind an item of any type, an unknown one too.
#[tokio::test]
async fn lists_of_several_types_are_read_over_their_pages() {
    let item = |id: &str, object: &str| json!({ "id": id, "object": object, "length": 40 });
    let pages = [
        list(&[item("ber_1", "harbour.berth")], true),
        list(&[item("jet_1", "harbour.jetty")], true),
        list(&[item("buo_1", "harbour.buoy")], false),
    ];
    let (server, client) = start(pages).await;
    let mut pages = client.harbour_ships().list_moorings("ship_1").pages();
    let mut cursors = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        cursors.push(page.cursor().map(str::to_owned));
    }
    assert_eq!(cursors.len(), 3);
    let targets: Vec<_> = server.seen().into_iter().map(|seen| seen.target).collect();
    let path = "/v1/harbour/ships/ship_1/moorings";
    assert_eq!(
        targets,
        [
            path.to_owned(),
            format!("{path}?starting_after=ber_1"),
            format!("{path}?starting_after=jet_1")
        ]
    );
}

#[tokio::test]
async fn a_search_goes_on_with_the_page_that_it_names() {
    let page = |id: &str, next: Option<&str>| {
        json!({
            "object": "search_result", "data": [ship(id)], "has_more": next.is_some(),
            "next_page": next, "total_count": 2, "url": "/v1/harbour/ships/search",
        })
    };
    let (server, client) = start([page("ship_1", Some("p2")), page("ship_2", None)]).await;
    let search = || client.harbour_ships().search("name:'Mary'");
    let first = search().await.unwrap();
    assert_eq!((first.data.len(), first.total_count), (1, Some(2)));
    let second = search()
        .page(first.next_page.clone().unwrap())
        .await
        .unwrap();
    assert_eq!(second.next_page, None);
    let target = "/v1/harbour/ships/search?page=p2&query=name%3A%27Mary%27";
    check_sent(&server, "GET", target, "");
}

#[tokio::test]
async fn one_ship_that_does_not_decode_does_not_lose_the_others() {
    let mut broken = ship("ship_2");
    broken["crew"] = json!("none");
    let (_server, client) = start([list(&[ship("ship_1"), broken, ship("ship_3")], false)]).await;
    let error = client.harbour_ships().list().await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(error.path(), Some("data[1].crew"));

    let ships = client.harbour_ships().list().lenient().stream();
    let ships = ships.try_collect().await.unwrap();
    let ids: Vec<_> = ships
        .into_iter()
        .map(|ship| match ship.into_result() {
            Ok(ship) => Ok(ship.id),
            Err(raw) => Err(raw.value().unwrap()["id"].clone()),
        })
        .collect();
    assert_eq!(
        ids,
        [
            Ok("ship_1".into()),
            Err(json!("ship_2")),
            Ok("ship_3".into())
        ]
    );
}

/// The server is on another thread, as requests block this one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_and_lists_can_block() {
    let pages = [
        ship("ship_1"),
        list(&[ship("ship_1")], true),
        list(&[ship("ship_2")], false),
    ];
    let (_server, client) = start(pages).await;
    let ids = std::thread::spawn(move || {
        let ships = client.harbour_ships();
        let first = ships.retrieve("ship_1").send_blocking().unwrap();
        assert!(matches!(&*first, ShipOrDeleted::HarbourShip(_)));
        let ships = ships.list().stream().blocking();
        ships.map(|ship| ship.unwrap().id).collect::<Vec<_>>()
    });
    assert_eq!(ids.join().unwrap(), ["ship_1", "ship_2"]);
}

/// A search is read over its pages like a list, typed and raw.
#[tokio::test]
async fn a_search_is_read_over_its_pages() {
    let page = |ids: &[&str], next: Option<&str>| {
        let data: Vec<_> = ids.iter().map(|id| ship(id)).collect();
        json!({
            "object": "search_result", "data": data, "has_more": next.is_some(),
            "next_page": next, "total_count": 3, "url": "/v1/harbour/ships/search",
        })
    };
    let answers = || {
        [
            page(&["ship_1", "ship_2"], Some("p2")),
            page(&[], Some("p3")),
            page(&["ship_3"], None),
        ]
    };
    let (server, client) = start(answers()).await;
    let search = |client: &Client| client.harbour_ships().search("name:'Mary'");
    let found = search(&client)
        .limit(2)
        .stream()
        .try_collect()
        .await
        .unwrap();
    let ids: Vec<_> = found.iter().map(|ship| ship.id.as_str()).collect();
    assert_eq!(ids, ["ship_1", "ship_2", "ship_3"]);
    let targets = |server: &ScriptServer| -> Vec<_> {
        server.seen().into_iter().map(|seen| seen.target).collect()
    };
    let at = |page: &str| format!("/v1/harbour/ships/search?limit=2{page}&query=name%3A%27Mary%27");
    assert_eq!(targets(&server), [at(""), at("&page=p2"), at("&page=p3")]);

    let (server, client) = start(answers()).await;
    let mut pages = search(&client).limit(2).pages();
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!(first.cursor(), Some("p2"));
    assert_eq!(first.extra.get("total_count"), Some(&json!(3)));
    drop(pages);
    drop(server);
    let (server, client) = start([page(&["ship_3"], None)]).await;
    let mut pages = search(&client).limit(2).pages().resume_after("p2");
    assert_eq!(pages.next().await.unwrap().unwrap().cursor(), None);
    assert!(pages.next().await.is_none());
    assert_eq!(targets(&server), [at("&page=p2")]);

    // Without a type.
    let (server, client) = start(answers()).await;
    let raw = client
        .raw(Method::Get, "/v1/harbour/ships/search")
        .param("query", "x");
    assert_eq!(raw.stream().try_collect().await.unwrap().len(), 3);
    assert!(
        targets(&server)[2].ends_with("/search?query=x&page=p3"),
        "{:?}",
        targets(&server)
    );

    // More, and no way to them; and pages that go round.
    for next in [json!(null), json!("p1")] {
        let mut odd = page(&["ship_1"], Some("p"));
        odd["next_page"] = next;
        let (_server, client) = start([odd]).await;
        let mut stream = search(&client).stream();
        stream.next().await.unwrap().unwrap();
        let error = stream.next().await.expect("an error").unwrap_err();
        assert!(error.is_pagination(), "{error}");
    }
}
