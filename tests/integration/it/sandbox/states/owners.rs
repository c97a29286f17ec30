//! Snapshots of owners.

use stripe_financial_connections_sandbox::{Feature, NewAccount, NewOwner, Settings};

use super::drive::{DAY, account, refresh, with};
use crate::support::http::get;

#[tokio::test]
async fn snapshots_of_owners_stay_as_they_were() {
    let new = NewAccount::new()
        .owners([NewOwner::new("First"), NewOwner::new("Second")])
        .refreshed([Feature::Ownership]);
    let (sandbox, id) = with(|_| {}, &new).await;
    let control = sandbox.control();
    let old = account(&sandbox, &id).await["ownership"]
        .as_str()
        .unwrap()
        .to_owned();
    control.set_owners(&id, [NewOwner::new("Third")]).unwrap();
    control.advance(DAY);
    refresh(&sandbox, &id, "ownership").await;
    control.end_refreshes();
    let new = account(&sandbox, &id).await["ownership"]
        .as_str()
        .unwrap()
        .to_owned();
    let names = async |ownership: &str| {
        let path = format!("/accounts/{id}/owners?ownership={ownership}");
        let owners = get(&sandbox, &path).ok().await;
        let owners = owners["data"].as_array().unwrap().iter();
        owners
            .map(|owner| owner["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&old).await, ["Second", "First"]);
    assert_eq!(names(&new).await, ["Third"]);
}

#[tokio::test]
async fn snapshots_follow_their_settings() {
    let keep = |settings: &mut Settings| {
        settings.ownership_id_always_new = false;
        settings.old_ownerships_readable = false;
    };
    let (sandbox, id) = with(keep, &NewAccount::new().refreshed([Feature::Ownership])).await;
    let control = sandbox.control();
    let first = account(&sandbox, &id).await["ownership"]
        .as_str()
        .unwrap()
        .to_owned();
    let again = async || {
        control.advance(DAY);
        refresh(&sandbox, &id, "ownership").await;
        control.end_refreshes();
        account(&sandbox, &id).await["ownership"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(again().await, first, "nothing has changed");
    control.set_owners(&id, [NewOwner::new("Other")]).unwrap();
    assert_ne!(again().await, first);
    let path = format!("/accounts/{id}/owners?ownership={first}");
    assert_eq!(get(&sandbox, &path).send().await.status, 400);
}
