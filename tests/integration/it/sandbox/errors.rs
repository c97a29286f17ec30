//! The error envelope: one row for each case that the API distinguishes.

use serde_json::Value;
use stripe_financial_connections_sandbox::{
    Feature, KeyKind, KeyPolicy, NewAccount, NotFoundParam, Operation, Permission, Sandbox,
    Settings, VersionPolicy,
};

use crate::support::http::{Reply, Request, get, post, request};

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
        let listed = |settings: &mut Settings| settings.keys = KeyPolicy::Listed;
        let sandbox = Sandbox::builder().settings(listed).start().await.unwrap();
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

struct Row {
    case: &'static str,
    make: fn(&World) -> Request,
    status: u16,
    code: Option<&'static str>,
    param: Option<&'static str>,
    /// A part of the message.
    says: &'static str,
}

/// A case: its name, the request, and the status, code, parameter and a part of the message of the
/// answer. `-` is a code or a parameter that the error lacks.
macro_rules! rows {
    (|$w:ident| $( $case:literal: $request:expr => $status:literal $code:tt $param:tt $says:literal; )*) => {
        &[$(
            Row {
                case: $case,
                make: |$w| $request,
                status: $status,
                code: rows!($code),
                param: rows!($param),
                says: $says,
            }
        ),*]
    };
    (-) => { None };
    ($text:literal) => { Some($text) };
}

/// Everything of type `invalid_request_error`. `{account}` and its like are the ids of the accounts
/// in [`World`].
const ROWS: &[Row] = rows! { |w|
    // Who asks.
    "no key": w.get("/accounts").without("authorization") => 401 - - "did not provide";
    "wrong key": w.get("/accounts").header("authorization", "Bearer sk_test_0123456789abcdef")
        => 401 - - "sk_test_************cdef";
    "wrong key by basic": w.get("/accounts").header("authorization", "Basic c2tfdGVzdF93cm9uZ193cm9uZzo=")
        => 401 - - "Invalid API Key";
    "scheme that is neither": w.get("/accounts").header("authorization", "Digest x") => 401 - - "did not provide";
    "expired key": w.with_key(KeyKind::Expired) => 401 "api_key_expired" - "Expired";
    "restricted key": w.with_key(KeyKind::Restricted(vec![Operation::SessionsCreate])) => 403 - - "rak_";
    "application": w.with_key(KeyKind::Application) => 403 "more_permissions_required_for_application" - "permissions";
    "account header of nobody": w.get("/accounts").header("stripe-account", "acct_nobody")
        => 403 "account_invalid" - "acct_nobody";
    "context header of nobody": w.get("/accounts").header("stripe-context", "acct_nobody")
        => 403 "account_invalid" - "acct_nobody";
    // Ids in the path.
    "unknown account": w.get("/accounts/fca_none")
        => 404 "resource_missing" "account" "No such financial connections account: 'fca_none'";
    "unknown session": w.get("/sessions/fcsess_none")
        => 404 "resource_missing" "session" "No such financial connections session: 'fcsess_none'";
    "unknown transaction": w.get("/transactions/fctxn_none") => 404 "resource_missing" "transaction" "'fctxn_none'";
    "unknown account of a POST": w.post("/accounts/fca_none/disconnect", "") => 404 "resource_missing" "account" "'fca_none'";
    "id of a wrong prefix": w.get("/accounts/cus_123")
        => 404 "resource_missing" "account" "No such financial connections account: 'cus_123'";
    "id of the other mode": w.get("/accounts/{live}") => 404 "resource_missing" "account" "a similar object exists in live mode";
    // Parameters that are unknown, missing, empty or of a wrong form.
    "unknown parameter": w.get("/accounts?nope=1") => 400 "parameter_unknown" "nope" "unknown parameter: nope";
    "unknown parameters": w.get("/accounts?nope=1&never=2") => 400 "parameter_unknown" "nope" "unknown parameters: nope, never";
    "unknown nested parameter": w.get("/accounts?account_holder[nope]=1")
        => 400 "parameter_unknown" "account_holder[nope]" "account_holder[nope]";
    "parameter of before the pinned version": w.post("/sessions", "account_holder[type]=customer&account_holder[customer]={customer}&permissions[]=balances&filters[countries][]=US")
        => 400 "parameter_unknown" "filters[countries]" "filters[countries]";
    "array for one text": w.post("/sessions", "account_holder[type]=customer&account_holder[customer]={customer}&permissions[]=balances&filters[country][]=US")
        => 400 - "filters[country]" "Invalid string: [\"US\"]";
    "missing": w.post("/accounts/{account}/refresh", "")
        => 400 "parameter_missing" "features" "Missing required param: features.";
    "missing in a query": w.get("/transactions") => 400 "parameter_missing" "account" "Missing required param: account.";
    "missing and nested": w.post("/sessions", "permissions[]=balances&account_holder[customer]={customer}")
        => 400 "parameter_missing" "account_holder[type]" "account_holder[type].";
    "missing id of a holder": w.post("/sessions", "permissions[]=balances&account_holder[type]=account")
        => 400 "parameter_missing" "account_holder[account]" "account_holder[account].";
    "holder of two kinds": w.post("/sessions", "permissions[]=balances&account_holder[type]=customer&account_holder[customer]={customer}&account_holder[account]=acct_1")
        => 400 - "account_holder" "one id";
    "empty": w.get("/accounts?session=") => 400 "parameter_invalid_empty" "session" "empty";
    "empty array": w.post("/accounts/{account}/refresh", "features=") => 400 "parameter_invalid_empty" "features" "empty";
    "empty item": w.post("/accounts/{account}/refresh", "features[]=") => 400 "parameter_invalid_empty" "features[0]" "empty";
    "bad enum": w.post("/sessions", "permissions[]=balances&account_holder[type]=nobody")
        => 400 - "account_holder[type]" "Invalid account_holder[type]: must be one of account or customer";
    "bad enum in an array": w.post("/accounts/{account}/refresh", "features[]=balance&features[]=balances")
        => 400 - "features[1]" "must be one of balance, ownership, or transactions";
    "bad integer": w.get("/accounts?limit=ten") => 400 "parameter_invalid_integer" "limit" "Invalid integer: ten";
    "bad nested integer": w.get("/transactions?account={account}&transacted_at[gte]=1.5")
        => 400 "parameter_invalid_integer" "transacted_at[gte]" "Invalid integer: 1.5";
    "bad expand": w.get("/accounts/{account}?expand[]=nope") => 400 - - "cannot be expanded (nope)";
    "indexes with a gap": w.post("/accounts/{account}/refresh", "features[0]=balance&features[2]=ownership")
        => 400 - "features" "Invalid array";
    "indexes that are no numbers": w.post("/accounts/{account}/refresh", "features[a]=balance")
        => 400 - "features" "Invalid array";
    "text for an array": w.post("/accounts/{account}/refresh", "features=balance")
        => 400 - "features" "Invalid array: \"balance\"";
    "text for an object": w.get("/accounts?account_holder=cus_1") => 400 - "account_holder" "Invalid object";
    "two forms of one parameter": w.get("/accounts?account_holder=x&account_holder[customer]=y")
        => 400 - "account_holder" "exclude each other";
    "text that is too long": w.get(&format!("/accounts?session={}", "x".repeat(5_001))) => 400 - "session" "5000";
    "no UTF-8": w.get("/accounts?session=%ff") => 400 - - "UTF-8";
    "JSON body": w.post("/accounts/{account}/refresh", "{\"features\": [\"balance\"]}").header("content-type", "application/json")
        => 400 - - "application/x-www-form-urlencoded";
    // Parameters that refer to something.
    "two filters": w.get("/accounts?session=x&account_holder[customer]=y")
        => 400 "parameters_exclusive" - "only one of account_holder[customer], session";
    "filter by an unknown customer": w.get("/accounts?account_holder[customer]=cus_none")
        => 400 "resource_missing" "account_holder[customer]" "No such customer: 'cus_none'";
    "filter by an unknown session": w.get("/accounts?session=fcsess_none") => 400 "resource_missing" "session" "'fcsess_none'";
    "session of an unknown customer": w.post("/sessions", "permissions[]=balances&account_holder[type]=customer&account_holder[customer]=cus_none")
        => 400 "resource_missing" "account_holder[customer]" "'cus_none'";
    "prefetch outside the permissions": w.post("/sessions", "permissions[]=balances&prefetch[]=transactions&account_holder[type]=customer&account_holder[customer]={customer}")
        => 400 - "prefetch" "transactions";
    "unknown ownership": w.get("/accounts/{account}/owners?ownership=fcaowns_none")
        => 400 "resource_missing" "ownership" "'fcaowns_none'";
    // Addresses and versions.
    "unknown address": w.get("/institutions") => 404 - - "Unrecognized request URL (GET: /v1/financial_connections/institutions)";
    "wrong method": w.post("/accounts", "") => 404 - - "Unrecognized request URL (POST: ";
    "empty id": w.get("/accounts/") => 404 - - "slash";
    "legacy address": request(&w.sandbox, reqwest::Method::GET, "/v1/linked_accounts") => 404 - - "Unrecognized";
    "version that was never released": w.get("/accounts").header("stripe-version", "2026-09-29.endive")
        => 400 - - "2026-09-29.endive";
    "version of a wrong shape": w.get("/accounts").header("stripe-version", "latest") => 400 - - "latest";
    // The state of the account.
    "refresh of an inactive account": w.post("/accounts/{inactive}/refresh", "features[]=balance")
        => 400 "financial_connections_account_inactive" - "inactive";
    "subscribe to an inactive account": w.post("/accounts/{inactive}/subscribe", "features[]=transactions")
        => 400 "financial_connections_account_inactive" - "inactive";
    "refresh of a disconnected account": w.post("/accounts/{disconnected}/refresh", "features[]=balance")
        => 400 "financial_connections_account_inactive" - "disconnected";
    "transactions before a refresh": w.get("/transactions?account={account}")
        => 400 "financial_connections_no_successful_transaction_refresh" - "no refresh";
    "refresh without the permission": w.post("/accounts/{bare}/refresh", "features[]=balance") => 400 - - "`balances`";
    "subscribe without the permission": w.post("/accounts/{bare}/subscribe", "features[]=transactions")
        => 400 - - "`transactions`";
};

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
