//! What holds for all inputs: forms are read back as they were written, pauses stay within their
//! bounds, and a walk over any layout of pages gives each item once.

use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use stripe_financial_connections::params::{AccountHolderParams, SessionFiltersParams};
use stripe_financial_connections::types::{
    AccountHolderType, Permission, PrefetchFeature, SubcategoryFilter,
};
use stripe_financial_connections::{Method, Random};
use tokio::runtime::{Builder, Runtime};

use crate::support::script_server::{Reply, ScriptServer, Seen};

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

type Pairs = Vec<(String, String)>;

/// Decodes with a library that shares nothing with ours.
fn decoded(form: &str) -> Pairs {
    serde_html_form::from_str(form).unwrap()
}

/// What the server sees of parameters, in a query string and in a body.
fn sent(pairs: &Pairs) -> (String, String) {
    runtime().block_on(async {
        let server = ScriptServer::replies([Reply::account("fca_1")]).await;
        let client = server.client();
        for method in [Method::Get, Method::Post] {
            let request = client.raw(method, "/v1/x");
            let add =
                |request: stripe_financial_connections::RawRequest,
                 (name, value): &(String, String)| { request.param(name, value) };
            pairs.iter().fold(request, add).await.unwrap();
        }
        let seen = server.seen();
        let query = seen[0].target.strip_prefix("/v1/x").unwrap();
        (
            query.strip_prefix('?').unwrap_or(query).to_owned(),
            seen[1].body.clone(),
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_through_a_form(pairs in vec((any::<String>(), any::<String>()), 0..6)) {
        let (query, body) = sent(&pairs);
        prop_assert_eq!(&decoded(&query), &pairs);
        prop_assert_eq!(&decoded(&body), &pairs);
        // Nothing but what may stand in an address, and brackets.
        prop_assert!(query.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%=&[]".contains(&byte)));
    }

    #[test]
    fn typed_parameters_come_through(
        customer in any::<String>(),
        country in any::<String>(),
        url in any::<String>(),
        permissions in vec(any::<String>(), 1..5),
        subcategories in vec(any::<String>(), 0..5),
        prefetch in vec(any::<String>(), 0..5),
    ) {
        let body = runtime().block_on(async {
            let server = ScriptServer::replies([Reply::html(500)]).await;
            let holder = AccountHolderParams::new(AccountHolderType::Customer).customer(customer.as_str());
            let filters = SessionFiltersParams::new()
                .account_subcategories(subcategories.iter().map(|it| SubcategoryFilter::from(it.as_str())))
                .country(&country);
            let permissions = permissions.iter().map(|it| Permission::from(it.as_str()));
            let request = server.client().sessions().create(holder, permissions).filters(filters);
            let prefetch = prefetch.iter().map(|it| PrefetchFeature::from(it.as_str()));
            let _ = request.prefetch(prefetch).return_url(&url).max_retries(0).await;
            server.seen().remove(0).body
        });
        let mut expected = vec![
            ("account_holder[type]".to_owned(), "customer".to_owned()),
            ("account_holder[customer]".to_owned(), customer),
            ("filters[country]".to_owned(), country),
            ("return_url".to_owned(), url),
        ];
        let mut list = |name: &str, values: Vec<String>| {
            let values = values.into_iter().enumerate();
            expected.extend(values.map(|(index, value)| (format!("{name}[{index}]"), value)));
        };
        list("permissions", permissions);
        list("prefetch", prefetch);
        list("filters[account_subcategories]", subcategories);
        let mut found = decoded(&body);
        found.sort();
        expected.sort();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn pauses_stay_within_their_bounds(
        bytes in any::<[u8; 16]>(),
        retries in 0u32..12,
        asked in proptest::option::of(0u64..=60),
    ) {
        let pauses = runtime().block_on(async {
            let reply = match asked {
                Some(seconds) => Reply::html(503).header("Retry-After", seconds.to_string()),
                None => Reply::html(503),
            };
            let server = ScriptServer::replies([reply]).await;
            let client = server.builder().random(Drawn(bytes)).max_retries(retries);
            let client = client.deadline(Duration::from_secs(100_000)).build().unwrap();
            client.accounts().disconnect("fca_1").await.unwrap_err();
            server.clock().pauses()
        });
        prop_assert_eq!(pauses.len(), retries as usize);
        let asked = Duration::from_secs(asked.unwrap_or(0));
        for (retry, pause) in pauses.into_iter().enumerate() {
            let longest = Duration::from_millis(500 << retry.min(10)).min(Duration::from_secs(8));
            prop_assert!(pause >= asked && pause <= asked + longest, "{} {:?}", retry, pause);
        }
    }

    #[test]
    fn a_walk_gives_each_item_once(
        items in 0usize..60,
        sizes in vec(1usize..10, 1..8),
        backward in any::<bool>(),
        start in 0usize..60,
        take in proptest::option::of(0usize..70),
    ) {
        let start = start.min(items);
        let (found, requests) = runtime().block_on(walk(items, sizes, backward, start, take));
        // Newest first is 0, 1, 2, …
        let all: Vec<usize> = if backward { (0..start).rev().collect() } else { (start..items).collect() };
        let take = take.unwrap_or(usize::MAX);
        let expected: Vec<_> = all.iter().copied().take(take).collect();
        prop_assert_eq!(found, expected);
        prop_assert!(requests <= all.len().max(1));
    }
}

/// Randomness that a test has drawn.
#[derive(Debug)]
struct Drawn([u8; 16]);

impl Random for Drawn {
    fn bytes(&self) -> [u8; 16] {
        self.0
    }
}

/// Walks over a list of so many items, in pages of these sizes, in turn. It begins before item
/// `start` (going forward) or after it (going backward), by the cursor of the neighbour.
async fn walk(
    items: usize,
    sizes: Vec<usize>,
    backward: bool,
    start: usize,
    take: Option<usize>,
) -> (Vec<usize>, usize) {
    let server = ScriptServer::play(move |number, seen| {
        let index = |name| {
            seen.query(name)
                .map(|id: &str| id[4..].parse::<usize>().unwrap())
        };
        let size = sizes[number % sizes.len()];
        page(
            items,
            size,
            index("starting_after"),
            index("ending_before"),
            seen,
        )
    })
    .await;
    let list = server.client().accounts().list();
    let list = match (backward, start) {
        (true, start) => list.ending_before(format!("fca_{start}")),
        (false, 0) => list,
        (false, start) => list.starting_after(format!("fca_{}", start - 1)),
    };
    let mut stream = list.stream();
    if let Some(take) = take {
        stream = stream.take(take);
    }
    let found = stream.try_collect().await.unwrap();
    let found = found
        .iter()
        .map(|item| item.id.as_str()[4..].parse().unwrap())
        .collect();
    (found, server.requests())
}

fn page(
    items: usize,
    size: usize,
    after: Option<usize>,
    before: Option<usize>,
    seen: &Seen,
) -> Reply {
    assert!(
        after.is_none() || before.is_none(),
        "both cursors: {}",
        seen.target
    );
    let (range, has_more) = match (after, before) {
        // Newest first in this direction too, and those nearest to the cursor.
        (_, Some(before)) => (before.saturating_sub(size)..before, before > size),
        (after, None) => {
            let first = after.map_or(0, |after| after + 1);
            let end = (first + size).min(items);
            (first..end, end < items)
        }
    };
    Reply::page(range.map(|index| format!("fca_{index}")), has_more)
}
