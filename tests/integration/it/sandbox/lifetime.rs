//! Sandboxes side by side, and their end.

use std::io::ErrorKind;
use std::net::TcpStream;

use stripe_financial_connections_sandbox::{NewAccount, Sandbox};

use crate::support::http::get;

#[tokio::test]
async fn two_sandboxes_share_nothing_but_what_their_seed_gives() {
    let (one, two) = (
        Sandbox::start().await.unwrap(),
        Sandbox::start().await.unwrap(),
    );
    let other = Sandbox::builder().seed(7).start().await.unwrap();
    assert_ne!(one.port(), two.port());
    let id = one.control().create_account(&NewAccount::new());
    assert_eq!(get(&two, "/accounts").send().await.ids().len(), 0);
    assert_eq!(two.control().create_account(&NewAccount::new()), id);
    assert_ne!(other.control().create_account(&NewAccount::new()), id);
}

#[tokio::test]
async fn a_sandbox_that_is_dropped_listens_no_more() {
    let sandbox = Sandbox::start().await.unwrap();
    let address = sandbox.base_url().replace("http://", "");
    assert!(TcpStream::connect(&address).is_ok());
    drop(sandbox);
    let refused = TcpStream::connect(&address).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
}
