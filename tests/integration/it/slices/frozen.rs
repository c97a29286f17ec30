//! Crates that were generated for version 1 of the seam, over the runtime as it is now.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use stripe_frozen_slice::{accounts, harbour};

use super::{builder, list, ship};
use crate::support::script_server::{Reply, ScriptServer};

/// The digest of the frozen files and of the manifest that forwards their features. It never changes: a new version of the seam gets a new crate.
const DIGEST: &str = "9867b797f5fe3f6b7e1bf420c0cf46561f828a9c1f339c23c41bf572d4af815e";

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files.extend(self::files(&path)),
            false => files.push(path),
        }
    }
    files.sort();
    files
}

#[test]
fn they_were_never_generated_again() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../frozen-slice");
    let mut digest = Sha256::new();
    for path in files(&root) {
        let name = path.strip_prefix(&root).unwrap().to_string_lossy();
        // It holds the words about the others.
        if path.ends_with("src/lib.rs") {
            continue;
        }
        // A checkout may have other line ends and separators.
        digest.update(name.replace('\\', "/"));
        digest.update(fs::read_to_string(&path).unwrap().replace('\r', ""));
    }
    assert_eq!(
        hex::encode(digest.finalize()),
        DIGEST,
        "tests/frozen-slice was changed: restore it, and make a new crate for a new version of the seam"
    );
}

/// What the last request asked for, and its body.
fn sent(server: &ScriptServer) -> (String, String) {
    let seen = server.seen();
    let last = seen.last().unwrap();
    (
        format!("{} {}", last.method, last.target),
        last.body.clone(),
    )
}

#[tokio::test]
async fn they_send_what_they_sent() {
    use accounts::types::RefreshFeature;

    let server = ScriptServer::replies([
        Reply::account("fca_1"),
        Reply::json(200, &list(&[], false)),
        Reply::json(200, &ship("ship_1")),
        Reply::json(200, &list(&[ship("ship_1")], false)),
    ])
    .await;
    let core = builder(&server).build().unwrap();

    let client = accounts::Client::from(core.clone());
    let account = client.accounts().refresh(
        "fca_1",
        [RefreshFeature::Balance, RefreshFeature::from("tomorrow")],
    );
    assert_eq!(account.await.unwrap().id, "fca_1");
    assert_eq!(
        sent(&server),
        (
            "POST /v1/financial_connections/accounts/fca_1/refresh".to_owned(),
            "features[0]=balance&features[1]=tomorrow".to_owned()
        )
    );
    client
        .accounts()
        .list()
        .customer("cus_1")
        .limit(3)
        .await
        .unwrap();
    assert_eq!(
        sent(&server).0,
        "GET /v1/financial_connections/accounts?account_holder[customer]=cus_1&limit=3"
    );

    let client = harbour::Client::from(core);
    let ship = client.harbour_ships().retrieve("ship_1").await.unwrap();
    assert_eq!(serde_json::to_value(&*ship).unwrap(), super::ship("ship_1"));
    let mut ships = client.harbour_ships().list().stream();
    assert_eq!(ships.next().await.unwrap().unwrap().name, "Mary");
    assert!(ships.next().await.is_none());
    let seen = server.seen();
    assert_eq!(
        seen.last().unwrap().header("stripe-version"),
        Some("2026-03-25.lagoon")
    );
}
