//! The list of control calls.

/// The path of the control surface. No path of the API starts like this.
pub(crate) const PREFIX: &str = "/_sandbox";

/// The control calls, with their fields.
pub(super) const CALLS: &[(&str, &str)] = &[
    ("GET /_sandbox", "this list"),
    ("GET /_sandbox/accounts", "every account in short"),
    (
        "POST /_sandbox/accounts",
        "link accounts: customer, customer_account or account, category, subcategory, institution_name, display_name, last4, permissions, supported_payment_method_types, balance {current, available} or null, currency, owners [{name, email, phone, raw_address}], transactions (how many), refreshed [features], count",
    ),
    (
        "POST /_sandbox/accounts/{id}/deactivate",
        "the connection breaks",
    ),
    (
        "POST /_sandbox/accounts/{id}/reactivate",
        "the user links again",
    ),
    (
        "POST /_sandbox/accounts/{id}/disconnect",
        "the user ends the connection",
    ),
    (
        "POST /_sandbox/accounts/{id}/fail_next_refresh",
        "feature, deactivates",
    ),
    (
        "POST /_sandbox/accounts/{id}/transactions",
        "transactions [{amount, description, status, transacted_at}] for the next refresh",
    ),
    (
        "POST /_sandbox/accounts/{id}/balance",
        "current, available for the next refresh",
    ),
    (
        "POST /_sandbox/accounts/{id}/owners",
        "owners [{name, email, phone, raw_address}] for the next refresh",
    ),
    (
        "POST /_sandbox/accounts/{id}/expect_deactivation",
        "date, cause, relink_required",
    ),
    (
        "POST /_sandbox/transactions/{id}",
        "status for the next refresh",
    ),
    ("POST /_sandbox/customers", "count"),
    (
        "POST /_sandbox/connected_accounts",
        "make a connected account",
    ),
    (
        "POST /_sandbox/keys",
        "kind: secret, live, expired, application, or restricted with operations",
    ),
    (
        "POST /_sandbox/sessions/{id}/complete",
        "accounts, as above",
    ),
    ("POST /_sandbox/refreshes/end", "end pending refreshes now"),
    ("POST /_sandbox/seed", "accounts: how many to add in bulk"),
    ("GET /_sandbox/clock", "the time"),
    ("POST /_sandbox/clock", "advance: seconds"),
    ("POST /_sandbox/rate_limits", "enabled"),
    (
        "POST /_sandbox/faults",
        "faults [{operation, skip, times, stage, delay_ms, headers, reply}]; reply is own, truncated, reset, reset_in_body, or {status, code, message} or {status, content_type, body}",
    ),
    ("DELETE /_sandbox/faults", "forget the faults to come"),
    ("GET /_sandbox/requests", "the requests so far"),
    ("DELETE /_sandbox/requests", "forget them"),
    (
        "GET /_sandbox/effects",
        "how many POSTs took effect, by operation and by idempotency key",
    ),
    (
        "POST /_sandbox/webhook_endpoints",
        "url, secret, events, api_version, style (snapshot, thin), copies, shuffled, connect",
    ),
    (
        "POST /_sandbox/webhook_endpoints/{id}/roll_secret",
        "a further secret",
    ),
    (
        "POST /_sandbox/events",
        "type, object: an event that nothing here causes",
    ),
    (
        "GET /_sandbox/deliveries",
        "what became of the deliveries so far",
    ),
];
