//! Crates that were generated for version 1 of the seam, over the runtime as it is now.

use std::collections::BTreeSet;
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

/// The digest of what was frozen later.
const LATER: &str = "3a95fdc210fd7ac57e6f391d003f78df574683e262062a0ec03ac9f60587fe7b";

#[test]
fn they_were_never_generated_again() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../frozen-slice");
    let (mut first, mut later) = (Sha256::new(), Sha256::new());
    for path in files(&root) {
        let name = path.strip_prefix(&root).unwrap().to_string_lossy();
        // It holds the words about the others.
        if path.ends_with("src/lib.rs") {
            continue;
        }
        // A checkout may have other line ends and separators.
        let name = name.replace('\\', "/");
        let digest = match name.contains("quay") {
            true => &mut later,
            false => &mut first,
        };
        digest.update(name);
        digest.update(fs::read_to_string(&path).unwrap().replace('\r', ""));
    }
    assert_eq!(
        [hex::encode(first.finalize()), hex::encode(later.finalize())],
        [DIGEST, LATER],
        "tests/frozen-slice was changed: restore it, and make a new crate for a new version of the seam"
    );
}

/// What generated code names of the seam: `v1::name` in a path, and the names in its imports.
fn named(texts: impl IntoIterator<Item = String>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for text in texts {
        let is_word = |it: char| it.is_alphanumeric() || it == '_';
        for (at, path) in text.match_indices("v1::") {
            let rest = &text[at + path.len()..];
            match rest.strip_prefix('{') {
                Some(list) => {
                    let list = list.split_once('}').unwrap().0.split(',');
                    names.extend(list.map(|name| name.trim().to_owned()));
                }
                None => {
                    let end = rest.find(|it| !is_word(it)).unwrap_or(rest.len());
                    names.insert(rest[..end].to_owned());
                }
            }
        }
    }
    names
}

/// Otherwise the seam could take back what crates of today need, and no build would fail.
#[test]
fn all_that_the_generator_names_is_frozen() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let texts = |folder: &str| {
        files(&root.join(folder))
            .into_iter()
            .map(|path| fs::read_to_string(path).unwrap())
    };
    let frozen = named(texts("tests/frozen-slice/src"));
    for folder in ["client/src/generated", "tests/second-slice/src/generated"] {
        let names = named(texts(folder));
        assert!(names.len() > 30, "{names:?}");
        let loose: Vec<_> = names.difference(&frozen).collect();
        assert!(loose.is_empty(), "freeze what names these: {loose:?}");
    }
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
