//! Clients of two parts of the API in one program, over one runtime: Financial Connections, and the
//! made-up harbour API of `tests/second-slice`, whose version is another.

mod frozen;
mod idioms;
mod precedence;
mod second;
mod shared;
mod webhook;

use serde_json::{Value, json};
use stripe_client_runtime::{Client, ClientBuilder, SecretKey};

use crate::support::script_server::{KEY, Reply, ScriptServer, Seen};

/// The shared client of a server, with the server's clock.
fn builder(server: &ScriptServer) -> ClientBuilder {
    Client::builder(SecretKey::new(KEY).unwrap())
        .base_url(server.url())
        .clock(server.clock())
}

/// A server that answers for both parts of the API.
async fn server() -> ScriptServer {
    ScriptServer::play(|_, seen| {
        if seen.target.starts_with("/v1/financial_connections/") {
            Reply::account("fca_1")
        } else {
            Reply::json(200, &ship("ship_1"))
        }
    })
    .await
}

/// A ship with everything that is required.
fn ship(id: &str) -> Value {
    json!({
        "id": id,
        "object": "harbour.ship",
        "created": 1_790_000_000,
        "crew": [],
        "draught": 4.5,
        "holds": [],
        "livemode": false,
        "metadata": {},
        "moorings": list(&[], false),
        "name": "Mary",
        "status": "at_sea",
        "type": "bulk_carrier",
    })
}

fn list(data: &[Value], has_more: bool) -> Value {
    json!({ "object": "list", "data": data, "has_more": has_more, "url": "/v1/harbour/ships" })
}

/// What a request asks for and comes from: `Stripe-Version` and `User-Agent`.
fn service(seen: &Seen) -> (Option<&str>, Option<&str>) {
    (seen.header("stripe-version"), seen.header("user-agent"))
}
