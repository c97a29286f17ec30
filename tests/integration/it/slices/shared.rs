//! What the clients of several slices share: connections, retry budget, options, the error type.

use stripe_client_runtime as runtime;
use stripe_financial_connections as fc;
use stripe_second_slice as second;

use super::{builder, server};
use crate::support::script_server::{Reply, ScriptServer};

#[tokio::test]
async fn one_connection_serves_both() {
    let server = server().await;
    let core = builder(&server).build().unwrap();
    let accounts = fc::Client::from(core.clone());
    let harbour: second::Client = accounts.share();
    for _ in 0..2 {
        accounts.accounts().retrieve("fca_1").await.unwrap();
        harbour.harbour_ships().retrieve("ship_1").await.unwrap();
        core.raw(runtime::Method::Get, "/v1/customers/cus_1")
            .await
            .unwrap();
    }
    assert_eq!((server.requests(), server.connections()), (6, 1));

    let apart: second::Client = builder(&server).build().unwrap().into();
    apart.harbour_ships().retrieve("ship_1").await.unwrap();
    assert_eq!(server.connections(), 2);
}

/// Each client is made of each other one, by `From` and by `share`, and has its options.
#[tokio::test]
async fn any_client_is_made_of_any_other() {
    let server = server().await;
    let accounts: fc::Client = builder(&server)
        .stripe_account("acct_1")
        .build()
        .unwrap()
        .into();
    let core = runtime::Client::from(accounts);
    let harbour = second::Client::from(core);
    let accounts: fc::Client = harbour.share();
    let harbour: second::Client = accounts.share();
    let core: runtime::Client = harbour.share();

    accounts.accounts().retrieve("fca_1").await.unwrap();
    harbour.harbour_ships().retrieve("ship_1").await.unwrap();
    core.raw(runtime::Method::Get, "/v1/customers/cus_1")
        .await
        .unwrap();
    let seen = server.seen();
    let accounts: Vec<_> = seen
        .iter()
        .map(|seen| seen.header("stripe-account"))
        .collect();
    assert_eq!(accounts, [Some("acct_1"); 3]);
    assert_eq!(server.connections(), 1);
}

/// A builder of one crate builds the client of that crate, and needs nothing of the runtime's.
#[tokio::test]
async fn a_builder_of_one_slice_serves_another() {
    let server = server().await;
    let key = second::SecretKey::new("sk_test_scripted").unwrap();
    let harbour: second::Client = second::Client::builder(key)
        .base_url(server.url())
        .build()
        .unwrap();
    let accounts: fc::Client = harbour.share();
    accounts.accounts().retrieve("fca_1").await.unwrap();
    harbour.tide().now().await.unwrap_err();
    assert_eq!((server.requests(), server.connections()), (2, 1));
}

#[tokio::test]
async fn the_errors_of_both_are_of_one_type() {
    async fn both(client: &fc::Client) -> Result<(), runtime::Error> {
        let harbour: second::Client = client.share();
        client.accounts().retrieve("fca_1").await?;
        harbour.harbour_ships().retrieve("ship_1").await?;
        Ok(())
    }
    let missing = || Reply::error(404, "invalid_request_error", Some("resource_missing"));
    let server = ScriptServer::replies([missing(), Reply::account("fca_1"), missing()]).await;
    let client = fc::Client::from(builder(&server).build().unwrap());

    let first: fc::Error = both(&client).await.unwrap_err();
    let second: second::Error = both(&client).await.unwrap_err();
    assert!(first.is_not_found() && second.is_not_found());
    assert_eq!(
        [first.operation(), second.operation()],
        [Some("accounts.retrieve"), Some("harbour_ships.retrieve")]
    );
}

/// Each operation has its own budget, and one bounds them all: in an outage that four operations of one
/// slice have met, the other sends each request once.
#[tokio::test]
async fn one_retry_budget_bounds_all_slices() {
    let server = ScriptServer::replies([Reply::error(503, "api_error", None)]).await;
    let core = builder(&server).retry_budget(2).build().unwrap();
    let accounts = fc::Client::from(core.clone());
    let harbour = second::Client::from(core);
    let attempts = [
        accounts
            .accounts()
            .retrieve("fca_1")
            .await
            .unwrap_err()
            .attempts(),
        accounts
            .accounts()
            .disconnect("fca_1")
            .await
            .unwrap_err()
            .attempts(),
        accounts
            .sessions()
            .retrieve("fcsess_1")
            .await
            .unwrap_err()
            .attempts(),
        accounts
            .transactions()
            .retrieve("fctxn_1")
            .await
            .unwrap_err()
            .attempts(),
    ];
    assert_eq!(attempts, [3; 4]);
    let ship = harbour.harbour_ships().retrieve("ship_1");
    let error = ship.await.unwrap_err();
    assert_eq!((error.attempts(), server.requests()), (1, 13));
    assert!(error.is_retry_budget_empty(), "{error}");

    let apart: second::Client = builder(&server).build().unwrap().into();
    let error = apart.harbour_ships().retrieve("ship_1").await.unwrap_err();
    assert_eq!(error.attempts(), 3);
}
