//! Ids that exist.

use std::collections::BTreeMap;

use serde_json::Value;
use stripe_financial_connections_sandbox::{Feature, NewAccount, Sandbox};

/// Ids that exist, by the word that a parameter of them has in its name.
pub(super) type Pool = BTreeMap<&'static str, Vec<String>>;

/// The ids of some accounts in all their states.
pub(super) fn pool(sandbox: &Sandbox) -> Pool {
    let control = sandbox.control();
    let connected = control.create_connected_account();
    let customer = control.create_customer();
    let holder = control.customer_account(&customer).unwrap();
    let new = NewAccount::new().customer(&customer).transactions(15);
    let accounts: Vec<String> = (0..12)
        .map(|at| match at % 3 {
            0 => control.create_account(&new.clone().refreshed(Feature::ALL.iter().copied())),
            1 => control.create_account(&new),
            _ => control.create_account(&NewAccount::new().permissions([])),
        })
        .collect();
    control.deactivate(&accounts[3]).unwrap();
    control.disconnect(&accounts[6]).unwrap();
    Pool::from([
        ("account", accounts),
        ("[account]", vec![connected, control.platform_account()]),
        ("[customer]", vec![customer]),
        ("[customer_account]", vec![holder]),
    ])
}

/// Keeps ids of an answer, to ask for them later.
pub(super) fn learn(pool: &mut Pool, answer: &Value) {
    let empty = Vec::new();
    let items = answer["data"].as_array().unwrap_or(&empty);
    for item in items.iter().chain([answer]) {
        let word = match item["object"].as_str() {
            Some("financial_connections.session") => "session",
            Some("financial_connections.transaction") => "transaction",
            Some("financial_connections.account") => {
                if let Some(ownership) = item["ownership"].as_str() {
                    let pair = format!("{} {ownership}", item["id"].as_str().unwrap());
                    let owned = pool.entry("owned").or_default();
                    owned.insert(0, pair);
                    owned.truncate(20);
                }
                if let Some(id) = item["transaction_refresh"]["id"].as_str() {
                    pool.entry("[after]").or_default().push(id.to_owned());
                }
                "account"
            }
            _ => continue,
        };
        let id = item["id"].as_str().unwrap().to_owned();
        for word in [word, "starting_after", "ending_before"] {
            let known = pool.entry(word).or_default();
            if !known.contains(&id) && known.len() < 50 {
                known.push(id.clone());
            }
        }
    }
}
