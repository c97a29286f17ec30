//! What the builders send.

use std::sync::OnceLock;

use stripe_financial_connections::params::{
    AccountHolderParams, ManualEntryParams, SessionFiltersParams, SessionLimitsParams,
    TransactionRefreshFilter,
};
use stripe_financial_connections::types::{
    AccountHolderType, ManualEntryMode, PaymentMethodSupport, Permission, PrefetchFeature,
    RefreshFeature, SubcategoryFilter, SubscriptionFeature,
};
use stripe_financial_connections::{Clearable, RangeQuery, Timestamp};

use crate::support::script_server::{Reply, ScriptServer};

/// A request of a builder, as a server saw it.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    /// The method of the client that made it: `accounts.list`.
    pub(crate) by: &'static str,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) content_type: Option<String>,
    pub(crate) body: String,
}

/// Requests of every builder that use every setter.
pub(crate) fn all() -> &'static [Sent] {
    static ALL: OnceLock<Vec<Sent>> = OnceLock::new();
    ALL.get_or_init(|| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime.unwrap().block_on(record())
    })
}

async fn record() -> Vec<Sent> {
    // An answer that no builder retries; what matters has been sent by then.
    let server = ScriptServer::replies([Reply::error(400, "invalid_request_error", None)]).await;
    let client = server.client();
    let mut by = Vec::new();
    macro_rules! send {
        ($( $name:literal: $request:expr; )*) => {
            $(
                assert!($request.await.is_err());
                by.push($name);
            )*
        };
    }
    let time = Timestamp::from_unix_seconds;
    let expand = ["data.ownership", "data.account_holder.customer"];
    let holder = |kind: &str| AccountHolderParams::new(kind);
    let session = |holder| {
        client
            .sessions()
            .create(holder, Permission::KNOWN.iter().copied())
    };
    send! {
        "accounts.list": client.accounts().list();
        "accounts.list": client.accounts().list().account("acct_1").expand(expand).limit(1);
        "accounts.list": client.accounts().list().customer("cus_1 &=[]%").starting_after("fca_1");
        "accounts.list": client.accounts().list().customer_account("acct_2").ending_before("fca_2");
        "accounts.list": client.accounts().list().session("fcsess_1");
        "accounts.retrieve": client.accounts().retrieve("fca_1").expand(expand);
        "accounts.disconnect": client.accounts().disconnect("fca_1");
        "accounts.disconnect": client.accounts().disconnect("fca_1").expand(expand);
        "accounts.refresh": client.accounts().refresh("fca_1", RefreshFeature::KNOWN.iter().copied()).expand(expand);
        "accounts.subscribe": client.accounts().subscribe("fca_1", SubscriptionFeature::KNOWN.iter().copied()).expand(expand);
        "accounts.unsubscribe": client.accounts().unsubscribe("fca_1", SubscriptionFeature::KNOWN.iter().copied()).expand(expand);
        "accounts.owners": client.accounts().owners("fca_1", "fcaowns_1").expand(expand).limit(100).starting_after("fcaown_1");
        "accounts.owners": client.accounts().owners("fca_1", "fcaowns_1").ending_before("fcaown_1");
        "sessions.retrieve": client.sessions().retrieve("fcsess_1").expand(expand);
        "sessions.create": session(holder("account").account("acct_1"));
        "sessions.create": session(holder("customer").customer_account("acct_1"))
            .limits(SessionLimitsParams::new(Clearable::Clear));
        "sessions.create": session(holder("customer").customer("cus_1"))
            .expand(expand)
            .limits(SessionLimitsParams::new(7))
            .prefetch(PrefetchFeature::KNOWN.iter().copied())
            .return_url("https://example.test/?a=b&c=d#é");
        "transactions.retrieve": client.transactions().retrieve("fctxn_1").expand(expand);
        "transactions.list": client.transactions().list("fca_1").expand(expand).limit(1).starting_after("fctxn_1");
        "transactions.list": client.transactions().list("fca_1").ending_before("fctxn_1").transacted_at(time(-7));
        "transactions.list": client.transactions().list("fca_1").transacted_at(RangeQuery::new().gt(time(1)).lt(time(2)));
        "transactions.list": client.transactions().list("fca_1").transacted_at(RangeQuery::new().gte(time(1)).lte(time(2)));
        "transactions.list": client.transactions().list("fca_1").transaction_refresh(TransactionRefreshFilter::new("fctxnref_1"));
    }
    for support in PaymentMethodSupport::KNOWN {
        let filters = SessionFiltersParams::new()
            .country("US")
            .account_subcategories(SubcategoryFilter::KNOWN.iter().copied())
            .require_payment_method_support(*support);
        send! { "sessions.create": session(holder("customer")).filters(filters); }
    }
    for mode in ManualEntryMode::KNOWN {
        let manual_entry = ManualEntryParams::new().mode(*mode);
        send! { "sessions.create": session(holder("customer")).manual_entry(manual_entry); }
    }
    for kind in AccountHolderType::KNOWN {
        send! { "sessions.create": session(holder(kind)); }
    }
    let seen = server.seen();
    assert_eq!(by.len(), seen.len(), "a request was repeated or not sent");
    by.into_iter()
        .zip(seen)
        .map(|(by, seen)| {
            let (path, query) = seen.target.split_once('?').unwrap_or((&seen.target, ""));
            Sent {
                by,
                method: seen.method.to_lowercase(),
                path: path.to_owned(),
                query: query.to_owned(),
                content_type: seen.header("content-type").map(str::to_owned),
                body: seen.body.clone(),
            }
        })
        .collect()
}
