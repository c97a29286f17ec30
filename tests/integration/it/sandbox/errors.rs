//! The error envelope: one row for each case that the API tells apart.

use serde_json::Value;
use stripe_financial_connections_sandbox::{
    Fault, Feature, KeyKind, NewAccount, NotFoundParam, Operation, Permission, Sandbox,
    VersionPolicy,
};

use crate::support::http::{BASE, Reply, Request, get, post, request};

const INVALID: &str = "invalid_request_error";

/// What every row starts from.
struct World {
    sandbox: Sandbox,
    customer: String,
    account: String,
    /// Linked without any permission.
    bare: String,
    inactive: String,
    disconnected: String,
    live: String,
}

impl World {
    async fn new() -> Self {
        let sandbox = Sandbox::start().await.unwrap();
        let control = sandbox.control();
        let customer = control.create_customer();
        let new = NewAccount::new().customer(&customer);
        let account = control.create_account(&new.clone().refreshed([Feature::Ownership]));
        let bare = control.create_account(&new.clone().permissions([]));
        let inactive = control.create_account(&new);
        control.deactivate(&inactive).unwrap();
        let disconnected = control.create_account(&new);
        control.disconnect(&disconnected).unwrap();
        let live = control.in_live_mode().create_account(&NewAccount::new());
        Self {
            sandbox,
            customer,
            account,
            bare,
            inactive,
            disconnected,
            live,
        }
    }

    fn with_key(&self, kind: KeyKind) -> Request {
        let key = self.sandbox.control().create_key(kind);
        get(&self.sandbox, "/accounts").header("authorization", &format!("Bearer {key}"))
    }

    fn get(&self, path: &str) -> Request {
        let path = path
            .replace("{account}", &self.account)
            .replace("{live}", &self.live);
        get(&self.sandbox, &path)
    }

    fn post(&self, path: &str, form: &str) -> Request {
        let path = path
            .replace("{account}", &self.account)
            .replace("{bare}", &self.bare)
            .replace("{inactive}", &self.inactive)
            .replace("{disconnected}", &self.disconnected);
        post(
            &self.sandbox,
            &path,
            &form.replace("{customer}", &self.customer),
        )
    }
}

type Make = fn(&World) -> Request;

struct Row {
    case: &'static str,
    make: Make,
    status: u16,
    code: Option<&'static str>,
    param: Option<&'static str>,
    /// A part of the message.
    says: &'static str,
}

const fn row(
    case: &'static str,
    make: Make,
    status: u16,
    code: Option<&'static str>,
    param: Option<&'static str>,
    says: &'static str,
) -> Row {
    Row {
        case,
        make,
        status,
        code,
        param,
        says,
    }
}

/// Everything of type `invalid_request_error`. `{account}` and its like stand for the ids of the
/// accounts in [`World`].
const ROWS: &[Row] = &[
    row(
        "no key",
        |w| w.get("/accounts").without("authorization"),
        401,
        None,
        None,
        "did not provide",
    ),
    row(
        "wrong key",
        |w| {
            w.get("/accounts")
                .header("authorization", "Bearer sk_test_0123456789abcdef")
        },
        401,
        None,
        None,
        "sk_test_************cdef",
    ),
    row(
        "wrong key by basic",
        |w| {
            w.get("/accounts")
                .header("authorization", "Basic c2tfdGVzdF93cm9uZ193cm9uZzo=")
        },
        401,
        None,
        None,
        "Invalid API Key",
    ),
    row(
        "scheme that is neither",
        |w| w.get("/accounts").header("authorization", "Digest x"),
        401,
        None,
        None,
        "did not provide",
    ),
    row(
        "expired key",
        |w| w.with_key(KeyKind::Expired),
        401,
        Some("api_key_expired"),
        None,
        "Expired",
    ),
    row(
        "restricted key",
        |w| w.with_key(KeyKind::Restricted(vec![Operation::SessionsCreate])),
        403,
        None,
        None,
        "rak_",
    ),
    row(
        "application",
        |w| w.with_key(KeyKind::Application),
        403,
        Some("more_permissions_required_for_application"),
        None,
        "permissions",
    ),
    row(
        "account header of nobody",
        |w| w.get("/accounts").header("stripe-account", "acct_nobody"),
        403,
        Some("account_invalid"),
        None,
        "acct_nobody",
    ),
    row(
        "context header of nobody",
        |w| w.get("/accounts").header("stripe-context", "acct_nobody"),
        403,
        Some("account_invalid"),
        None,
        "acct_nobody",
    ),
    row(
        "unknown account",
        |w| w.get("/accounts/fca_none"),
        404,
        Some("resource_missing"),
        Some("account"),
        "No such financial connections account: 'fca_none'",
    ),
    row(
        "unknown session",
        |w| w.get("/sessions/fcsess_none"),
        404,
        Some("resource_missing"),
        Some("session"),
        "No such financial connections session: 'fcsess_none'",
    ),
    row(
        "unknown transaction",
        |w| w.get("/transactions/fctxn_none"),
        404,
        Some("resource_missing"),
        Some("transaction"),
        "'fctxn_none'",
    ),
    row(
        "unknown account of a POST",
        |w| w.post("/accounts/fca_none/disconnect", ""),
        404,
        Some("resource_missing"),
        Some("account"),
        "'fca_none'",
    ),
    row(
        "id of a wrong prefix",
        |w| w.get("/accounts/cus_123"),
        404,
        Some("resource_missing"),
        Some("account"),
        "No such financial connections account: 'cus_123'",
    ),
    row(
        "id of the other mode",
        |w| w.get("/accounts/{live}"),
        404,
        Some("resource_missing"),
        Some("account"),
        "a similar object exists in live mode",
    ),
    row(
        "unknown parameter",
        |w| w.get("/accounts?nope=1"),
        400,
        Some("parameter_unknown"),
        Some("nope"),
        "unknown parameter: nope",
    ),
    row(
        "unknown parameters",
        |w| w.get("/accounts?nope=1&never=2"),
        400,
        Some("parameter_unknown"),
        Some("nope"),
        "unknown parameters: nope, never",
    ),
    row(
        "unknown nested parameter",
        |w| w.get("/accounts?account_holder[nope]=1"),
        400,
        Some("parameter_unknown"),
        Some("account_holder[nope]"),
        "account_holder[nope]",
    ),
    row(
        "parameter of before the pinned version",
        |w| {
            w.post("/sessions", "account_holder[type]=customer&account_holder[customer]={customer}&permissions[]=balances&filters[countries][]=US")
        },
        400,
        Some("parameter_unknown"),
        Some("filters[countries]"),
        "filters[countries]",
    ),
    row(
        "array for one text",
        |w| {
            w.post("/sessions", "account_holder[type]=customer&account_holder[customer]={customer}&permissions[]=balances&filters[country][]=US")
        },
        400,
        None,
        Some("filters[country]"),
        "Invalid string: [\"US\"]",
    ),
    row(
        "missing",
        |w| w.post("/accounts/{account}/refresh", ""),
        400,
        Some("parameter_missing"),
        Some("features"),
        "Missing required param: features.",
    ),
    row(
        "missing in a query",
        |w| w.get("/transactions"),
        400,
        Some("parameter_missing"),
        Some("account"),
        "Missing required param: account.",
    ),
    row(
        "missing and nested",
        |w| {
            w.post(
                "/sessions",
                "permissions[]=balances&account_holder[customer]={customer}",
            )
        },
        400,
        Some("parameter_missing"),
        Some("account_holder[type]"),
        "account_holder[type].",
    ),
    row(
        "missing id of a holder",
        |w| {
            w.post(
                "/sessions",
                "permissions[]=balances&account_holder[type]=account",
            )
        },
        400,
        Some("parameter_missing"),
        Some("account_holder[account]"),
        "account_holder[account].",
    ),
    row(
        "holder of two kinds",
        |w| {
            w.post("/sessions", "permissions[]=balances&account_holder[type]=customer&account_holder[customer]={customer}&account_holder[account]=acct_1")
        },
        400,
        None,
        Some("account_holder"),
        "one id",
    ),
    row(
        "empty",
        |w| w.get("/accounts?session="),
        400,
        Some("parameter_invalid_empty"),
        Some("session"),
        "empty",
    ),
    row(
        "empty array",
        |w| w.post("/accounts/{account}/refresh", "features="),
        400,
        Some("parameter_invalid_empty"),
        Some("features"),
        "empty",
    ),
    row(
        "empty item",
        |w| w.post("/accounts/{account}/refresh", "features[]="),
        400,
        Some("parameter_invalid_empty"),
        Some("features[0]"),
        "empty",
    ),
    row(
        "bad enum",
        |w| {
            w.post(
                "/sessions",
                "permissions[]=balances&account_holder[type]=nobody",
            )
        },
        400,
        None,
        Some("account_holder[type]"),
        "Invalid account_holder[type]: must be one of account or customer",
    ),
    row(
        "bad enum in an array",
        |w| {
            w.post(
                "/accounts/{account}/refresh",
                "features[]=balance&features[]=balances",
            )
        },
        400,
        None,
        Some("features[1]"),
        "must be one of balance, ownership, or transactions",
    ),
    row(
        "bad integer",
        |w| w.get("/accounts?limit=ten"),
        400,
        Some("parameter_invalid_integer"),
        Some("limit"),
        "Invalid integer: ten",
    ),
    row(
        "bad nested integer",
        |w| w.get("/transactions?account={account}&transacted_at[gte]=1.5"),
        400,
        Some("parameter_invalid_integer"),
        Some("transacted_at[gte]"),
        "Invalid integer: 1.5",
    ),
    row(
        "bad expand",
        |w| w.get("/accounts/{account}?expand[]=nope"),
        400,
        None,
        None,
        "cannot be expanded (nope)",
    ),
    row(
        "indexes with a gap",
        |w| {
            w.post(
                "/accounts/{account}/refresh",
                "features[0]=balance&features[2]=ownership",
            )
        },
        400,
        None,
        Some("features"),
        "Invalid array",
    ),
    row(
        "indexes that are no numbers",
        |w| w.post("/accounts/{account}/refresh", "features[a]=balance"),
        400,
        None,
        Some("features"),
        "Invalid array",
    ),
    row(
        "text for an array",
        |w| w.post("/accounts/{account}/refresh", "features=balance"),
        400,
        None,
        Some("features"),
        "Invalid array: \"balance\"",
    ),
    row(
        "text for an object",
        |w| w.get("/accounts?account_holder=cus_1"),
        400,
        None,
        Some("account_holder"),
        "Invalid object",
    ),
    row(
        "two forms of one parameter",
        |w| w.get("/accounts?account_holder=x&account_holder[customer]=y"),
        400,
        None,
        Some("account_holder"),
        "exclude each other",
    ),
    row(
        "text that is too long",
        |w| w.get(&format!("/accounts?session={}", "x".repeat(5_001))),
        400,
        None,
        Some("session"),
        "5000",
    ),
    row(
        "no UTF-8",
        |w| w.get("/accounts?session=%ff"),
        400,
        None,
        None,
        "UTF-8",
    ),
    row(
        "JSON body",
        |w| {
            w.post(
                "/accounts/{account}/refresh",
                "{\"features\": [\"balance\"]}",
            )
            .header("content-type", "application/json")
        },
        400,
        None,
        None,
        "application/x-www-form-urlencoded",
    ),
    row(
        "two filters",
        |w| w.get("/accounts?session=x&account_holder[customer]=y"),
        400,
        Some("parameters_exclusive"),
        None,
        "only one of account_holder[customer], session",
    ),
    row(
        "filter by an unknown customer",
        |w| w.get("/accounts?account_holder[customer]=cus_none"),
        400,
        Some("resource_missing"),
        Some("account_holder[customer]"),
        "No such customer: 'cus_none'",
    ),
    row(
        "filter by an unknown session",
        |w| w.get("/accounts?session=fcsess_none"),
        400,
        Some("resource_missing"),
        Some("session"),
        "'fcsess_none'",
    ),
    row(
        "session of an unknown customer",
        |w| {
            w.post("/sessions", "permissions[]=balances&account_holder[type]=customer&account_holder[customer]=cus_none")
        },
        400,
        Some("resource_missing"),
        Some("account_holder[customer]"),
        "'cus_none'",
    ),
    row(
        "prefetch outside the permissions",
        |w| {
            w.post("/sessions", "permissions[]=balances&prefetch[]=transactions&account_holder[type]=customer&account_holder[customer]={customer}")
        },
        400,
        None,
        Some("prefetch"),
        "transactions",
    ),
    row(
        "unknown ownership",
        |w| w.get("/accounts/{account}/owners?ownership=fcaowns_none"),
        400,
        Some("resource_missing"),
        Some("ownership"),
        "'fcaowns_none'",
    ),
    row(
        "unknown address",
        |w| w.get("/institutions"),
        404,
        None,
        None,
        "Unrecognized request URL (GET: /v1/financial_connections/institutions)",
    ),
    row(
        "wrong method",
        |w| w.post("/accounts", ""),
        404,
        None,
        None,
        "Unrecognized request URL (POST: ",
    ),
    row(
        "empty id",
        |w| w.get("/accounts/"),
        404,
        None,
        None,
        "slash",
    ),
    row(
        "legacy address",
        |w| request(&w.sandbox, reqwest::Method::GET, "/v1/linked_accounts"),
        404,
        None,
        None,
        "Unrecognized",
    ),
    row(
        "version that was never released",
        |w| {
            w.get("/accounts")
                .header("stripe-version", "2026-09-29.endive")
        },
        400,
        None,
        None,
        "2026-09-29.endive",
    ),
    row(
        "version of a wrong shape",
        |w| w.get("/accounts").header("stripe-version", "latest"),
        400,
        None,
        None,
        "latest",
    ),
    row(
        "refresh of an inactive account",
        |w| w.post("/accounts/{inactive}/refresh", "features[]=balance"),
        400,
        Some("financial_connections_account_inactive"),
        None,
        "inactive",
    ),
    row(
        "subscribe to an inactive account",
        |w| w.post("/accounts/{inactive}/subscribe", "features[]=transactions"),
        400,
        Some("financial_connections_account_inactive"),
        None,
        "inactive",
    ),
    row(
        "refresh of a disconnected account",
        |w| w.post("/accounts/{disconnected}/refresh", "features[]=balance"),
        400,
        Some("financial_connections_account_inactive"),
        None,
        "disconnected",
    ),
    row(
        "transactions before a refresh",
        |w| w.get("/transactions?account={account}"),
        400,
        Some("financial_connections_no_successful_transaction_refresh"),
        None,
        "no refresh",
    ),
    row(
        "refresh without the permission",
        |w| w.post("/accounts/{bare}/refresh", "features[]=balance"),
        400,
        None,
        None,
        "`balances`",
    ),
    row(
        "subscribe without the permission",
        |w| w.post("/accounts/{bare}/subscribe", "features[]=transactions"),
        400,
        None,
        None,
        "`transactions`",
    ),
];

#[tokio::test]
async fn every_case_has_its_status_type_code_and_param() {
    let world = World::new().await;
    for row in ROWS {
        let reply = (row.make)(&world).send().await;
        let case = row.case;
        assert_eq!(
            reply.error(),
            (row.status, INVALID, row.code, row.param),
            "{case}: {}",
            reply.body
        );
        let message = reply.message();
        assert!(message.contains(row.says), "{case}: {message}");
        check_envelope(case, &reply);
    }
}

/// What is true of every error, whatever it is about.
fn check_envelope(case: &str, reply: &Reply) {
    let error = reply.body["error"].as_object().expect("an error");
    assert!(
        error.values().all(|value| !value.is_null()),
        "{case}: nulls are left out"
    );
    let doc_url = error.get("doc_url").and_then(Value::as_str);
    let page = error.get("code").and_then(Value::as_str).map(|code| {
        format!(
            "https://stripe.com/docs/error-codes/{}",
            code.replace('_', "-")
        )
    });
    assert_eq!(doc_url, page.as_deref(), "{case}");
    let has_log = error.contains_key("request_log_url");
    assert_eq!(has_log, reply.status != 401, "{case}");
    assert!(
        reply.header("request-id").unwrap().starts_with("req_"),
        "{case}"
    );
    let challenge = reply.header("www-authenticate");
    assert!(challenge.is_none() || case.contains("key") || reply.status == 401);
}

#[tokio::test]
async fn a_request_without_a_key_is_challenged() {
    let sandbox = Sandbox::start().await.unwrap();
    let reply = get(&sandbox, "/accounts")
        .without("authorization")
        .send()
        .await;
    assert!(
        reply
            .header("www-authenticate")
            .unwrap()
            .starts_with("Basic ")
    );
}

#[tokio::test]
async fn basic_authentication_takes_the_key_as_its_user() {
    let sandbox = Sandbox::start().await.unwrap();
    let answer = reqwest::Client::new()
        .get(format!("{}{BASE}/accounts", sandbox.base_url()))
        .basic_auth(sandbox.key(), None::<&str>)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn rate_limits_are_per_second_and_name_their_reason() {
    let sandbox = Sandbox::builder()
        .settings(|settings| settings.requests_per_second = 2)
        .start()
        .await
        .unwrap();
    let control = sandbox.control();
    control.set_rate_limits(true);
    for _ in 0..2 {
        get(&sandbox, "/accounts").ok().await;
    }
    let limited = get(&sandbox, "/accounts").send().await;
    assert_eq!(limited.error(), (429, INVALID, Some("rate_limit"), None));
    assert_eq!(
        limited.header("stripe-rate-limited-reason"),
        Some("global-rate")
    );
    control.advance(std::time::Duration::from_secs(1));
    get(&sandbox, "/accounts").ok().await;
    control.set_rate_limits(false);
    for _ in 0..5 {
        get(&sandbox, "/accounts").ok().await;
    }
}

#[tokio::test]
async fn a_lock_has_no_reason_and_may_be_tried_again() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.control().add_fault(Fault::lock_timeout());
    let locked = get(&sandbox, "/accounts").send().await;
    assert_eq!(locked.error(), (429, INVALID, Some("lock_timeout"), None));
    assert_eq!(locked.header("stripe-rate-limited-reason"), None);
    assert_eq!(locked.header("stripe-should-retry"), Some("true"));
}

#[tokio::test]
async fn server_faults_are_api_errors() {
    let sandbox = Sandbox::start().await.unwrap();
    for status in [500, 502, 503, 504] {
        sandbox.control().add_fault(Fault::status(status));
        let reply = get(&sandbox, "/accounts").send().await;
        assert_eq!(reply.error(), (status, "api_error", None, None));
    }
    get(&sandbox, "/accounts").ok().await;
}

#[tokio::test]
async fn what_nobody_may_know_is_asked_of_a_connected_account() {
    let sandbox = Sandbox::start().await.unwrap();
    let connected = sandbox.control().create_connected_account();
    let theirs = sandbox
        .control()
        .for_account(&connected)
        .create_account(&NewAccount::new());
    let path = format!("/accounts/{theirs}");
    assert_eq!(get(&sandbox, &path).send().await.status, 404);
    for header in ["stripe-account", "stripe-context"] {
        let reply = get(&sandbox, &path).header(header, &connected).send().await;
        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("stripe-account"), Some(connected.as_str()));
    }
}

#[tokio::test]
async fn a_permission_that_is_missing_is_named() {
    let sandbox = Sandbox::start().await.unwrap();
    let new = NewAccount::new().permissions([Permission::Balances]);
    let id = sandbox.control().create_account(&new);
    let path = format!("/accounts/{id}/refresh");
    post(&sandbox, &path, "features[]=balance").ok().await;
    let refused = post(&sandbox, &path, "features[]=balance&features[]=ownership")
        .send()
        .await;
    assert_eq!(refused.error(), (400, INVALID, None, None));
    assert!(refused.message().contains("`ownership`"));
}

#[tokio::test]
async fn what_is_not_known_answers_as_set() {
    let sandbox = Sandbox::builder()
        .settings(|settings| {
            settings.missing_permission_code = Some("no_permission".to_owned());
            settings.filter_conflict_code = None;
            settings.account_noun = "linked account".to_owned();
            settings.not_found_param = NotFoundParam::Id;
            settings.prefetch_outside_permissions = true;
            settings.legacy_paths = true;
            settings.versions = VersionPolicy::WellFormed;
        })
        .start()
        .await
        .unwrap();
    let control = sandbox.control();
    let customer = control.create_customer();
    let bare = control.create_account(&NewAccount::new().permissions([]));
    let permission = post(
        &sandbox,
        &format!("/accounts/{bare}/refresh"),
        "features[]=balance",
    );
    let permission = permission.send().await;
    assert_eq!(
        permission.error(),
        (400, INVALID, Some("no_permission"), None)
    );
    let filters = get(&sandbox, "/accounts?session=a&account_holder[customer]=b");
    assert_eq!(filters.send().await.error(), (400, INVALID, None, None));
    let unknown = get(&sandbox, "/accounts/fca_none").send().await;
    assert_eq!(
        unknown.error(),
        (404, INVALID, Some("resource_missing"), Some("id"))
    );
    assert_eq!(unknown.message(), "No such linked account: 'fca_none'");
    let form = format!(
        "account_holder[type]=customer&account_holder[customer]={customer}\
         &permissions[]=balances&prefetch[]=transactions"
    );
    post(&sandbox, "/sessions", &form).ok().await;
    for path in [
        "/v1/linked_accounts",
        &format!("/v1/linked_accounts/{bare}"),
    ] {
        request(&sandbox, reqwest::Method::GET, path).ok().await;
    }
    let lookalike = request(
        &sandbox,
        reqwest::Method::GET,
        "/v1/linked_accounts_of_mine",
    );
    assert_eq!(lookalike.send().await.status, 404);
    for (version, status) in [
        ("2031-01-01.zebra", 200),
        ("2031-01-01", 200),
        ("soon", 400),
    ] {
        let reply = get(&sandbox, "/accounts").header("stripe-version", version);
        assert_eq!(reply.send().await.status, status, "{version}");
    }
}

#[tokio::test]
async fn released_versions_are_accepted_and_answered_in() {
    let sandbox = Sandbox::start().await.unwrap();
    for version in ["2022-11-15", "2026-10-28.endive", "2026-09-30.preview"] {
        let reply = get(&sandbox, "/accounts")
            .header("stripe-version", version)
            .send()
            .await;
        assert_eq!(reply.status, 200, "{version}");
        assert_eq!(reply.header("stripe-version"), Some(version));
    }
}
