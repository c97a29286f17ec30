//! Whose version of the API a request asks for, and whose name it bears: the crate's, unless the
//! client sets another, unless the request does.

use stripe_client_runtime as runtime;
use stripe_financial_connections as fc;
use stripe_second_slice as second;

use runtime::{ClientBuilder, Method};

use super::{builder, server, service};

const FC: &str = concat!(
    "stripe-financial-connections-rust/",
    env!("CARGO_PKG_VERSION")
);
const SECOND: &str = concat!("stripe-second-slice-rust/", env!("CARGO_PKG_VERSION"));
const RUNTIME: &str = concat!("stripe-client-runtime/", env!("CARGO_PKG_VERSION"));

const PATH: &str = "/v1/harbour/ships/ship_1";

#[test]
fn the_slices_are_of_different_versions() {
    assert_eq!(second::API_VERSION, "2026-03-25.lagoon");
    assert_ne!(second::API_VERSION, fc::API_VERSION);
}

/// Sends a typed and a raw request of each slice and a raw one of the runtime.
async fn send_five(core: &runtime::Client) -> Result<(), runtime::Error> {
    let accounts = fc::Client::from(core.clone());
    let harbour = second::Client::from(core.clone());
    accounts.accounts().retrieve("fca_1").await?;
    accounts.raw(Method::Get, PATH).await?;
    harbour.harbour_ships().retrieve("ship_1").await?;
    harbour.raw(Method::Get, PATH).await?;
    core.raw(Method::Get, PATH).await?;
    Ok(())
}

/// Checks what [`send_five`] sends with these options of the client.
#[track_caller]
fn check(
    expected: [(Option<&str>, &str); 5],
    options: impl FnOnce(ClientBuilder) -> ClientBuilder,
) {
    let tokio = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let seen = tokio.block_on(async {
        let server = server().await;
        let core = options(builder(&server)).build().unwrap();
        send_five(&core).await.unwrap();
        server.seen()
    });
    let seen: Vec<_> = seen.iter().map(service).collect();
    assert_eq!(seen, expected.map(|(version, name)| (version, Some(name))));
}

#[test]
fn each_request_has_the_version_and_the_name_of_its_own_crate() {
    let [accounts, harbour] = [fc::API_VERSION, second::API_VERSION].map(Some);
    let expected = [
        (accounts, FC),
        (accounts, FC),
        (harbour, SECOND),
        (harbour, SECOND),
        (None, RUNTIME),
    ];
    check(expected, |builder| builder);
}

#[test]
fn the_client_takes_precedence_over_the_crate() {
    let expected = [FC, FC, SECOND, SECOND, RUNTIME];
    check(expected.map(|name| (Some("2020-08-27"), name)), |builder| {
        builder.stripe_version("2020-08-27")
    });
    let [accounts, harbour] = [fc::API_VERSION, second::API_VERSION].map(Some);
    let expected = [accounts, accounts, harbour, harbour, None];
    check(expected.map(|version| (version, "shop/1")), |builder| {
        builder.header("User-Agent", "shop/1")
    });
}

#[tokio::test]
async fn the_request_takes_precedence_over_the_client() {
    let server = server().await;
    let core = builder(&server)
        .stripe_version("2020-08-27")
        .header("user-agent", "shop/1")
        .build()
        .unwrap();
    let accounts = fc::Client::from(core.clone());
    let harbour = second::Client::from(core.clone());
    let of_account = accounts.accounts().retrieve("fca_1");
    let of_account = of_account.stripe_version("2021-01-01");
    of_account.header("User-Agent", "job/1").await.unwrap();
    let of_ship = harbour.harbour_ships().retrieve("ship_1");
    let of_ship = of_ship.stripe_version("2021-01-02");
    of_ship.header("user-agent", "job/2").await.unwrap();
    for (raw, version, name) in [
        (harbour.raw(Method::Get, PATH), "2021-01-03", "job/3"),
        (core.raw(Method::Get, PATH), "2021-01-04", "job/4"),
    ] {
        let raw = raw.stripe_version(version).header("user-agent", name);
        raw.await.unwrap();
    }
    // What one request sets, the next one does not.
    harbour.harbour_ships().retrieve("ship_1").await.unwrap();

    let seen = server.seen();
    let seen: Vec<_> = seen.iter().map(service).collect();
    let expected = [
        ("2021-01-01", "job/1"),
        ("2021-01-02", "job/2"),
        ("2021-01-03", "job/3"),
        ("2021-01-04", "job/4"),
        ("2020-08-27", "shop/1"),
    ];
    assert_eq!(
        seen,
        expected.map(|(version, name)| (Some(version), Some(name)))
    );
}

/// A request's option needs none of the client's to take the place of the crate's.
#[tokio::test]
async fn the_request_takes_precedence_over_the_crate() {
    let server = server().await;
    let harbour = second::Client::from(builder(&server).build().unwrap());
    let request = || harbour.harbour_ships().retrieve("ship_1");
    request().stripe_version("2021-01-01").await.unwrap();
    request().header("user-agent", "job/1").await.unwrap();
    let seen = server.seen();
    let seen: Vec<_> = seen.iter().map(service).collect();
    assert_eq!(
        seen,
        [
            (Some("2021-01-01"), Some(SECOND)),
            (Some(second::API_VERSION), Some("job/1"))
        ]
    );
}
