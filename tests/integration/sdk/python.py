"""The official Python SDK as a client of the sandbox: every operation, page direction, replay and
error class that it knows. `run.sh` starts the sandbox and this."""

import json
import os
import urllib.request

import stripe

URL = os.environ["SANDBOX_URL"]
COUNT = 0


def client(key):
    return stripe.StripeClient(key, base_addresses={"api": URL}, max_network_retries=0)


def control(method, path, body=None):
    """What only a user, a bank or the passing of time does."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"content-type": "application/json"}
    request = urllib.request.Request(
        f"{URL}/_sandbox/{path}", data=data, headers=headers, method=method
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def check(name):
    def run(body):
        global COUNT
        body()
        COUNT += 1
        print(f"ok {COUNT} python: {name}")

    return run


def fails(kind, call, **expected):
    try:
        call()
    except stripe.StripeError as error:
        assert type(error) is kind, f"expected {kind.__name__}, got {error!r}"
        for field, value in expected.items():
            # Errors of 401 and 403 keep their code in the body alone.
            found = getattr(error, field) or error.json_body["error"].get(field)
            assert found == value, f"{field} of {error!r}"
        return error
    raise AssertionError(f"expected {kind.__name__}")


sdk = client(os.environ["SANDBOX_KEY"])
connections = sdk.v1.financial_connections
(customer,) = control("POST", "customers", {})["ids"]
linked = control("POST", "accounts", {"customer": customer, "count": 25, "transactions": 30})["ids"]
newest_first = linked[::-1]
account_id = newest_first[0]
of_customer = {"account_holder": {"customer": customer}, "limit": 10}


@check("lists a page, and pages forward to the end")
def _():
    page = connections.accounts.list(of_customer)
    assert [account.id for account in page.data] == newest_first[:10]
    assert page.has_more
    assert [account.id for account in page.auto_paging_iter()] == newest_first


@check("pages backward")
def _():
    page = connections.accounts.list({**of_customer, "ending_before": newest_first[-1]})
    assert [account.id for account in page.auto_paging_iter()] == newest_first[:-1][::-1]


@check("retrieves")
def _():
    account = connections.accounts.retrieve(account_id)
    assert account.object == "financial_connections.account"
    assert account.balance is None
    assert account.last_response.request_id.startswith("req_")


@check("refreshes until it has ended")
def _():
    account = connections.accounts.refresh(
        account_id, {"features": ["balance", "ownership", "transactions"]}
    )
    assert account.balance_refresh.status == "pending"
    polls = 0
    while account.transaction_refresh.status == "pending":
        polls += 1
        assert polls < 5
        account = connections.accounts.retrieve(account_id)
    assert account.transaction_refresh.status == "succeeded"
    assert isinstance(account.balance.current["usd"], int)


@check("lists and retrieves transactions")
def _():
    found = list(connections.transactions.list({"account": account_id, "limit": 7}).auto_paging_iter())
    assert len(found) == 30
    times = [transaction.transacted_at for transaction in found]
    assert times == sorted(times, reverse=True)
    assert connections.transactions.retrieve(found[3].id) == found[3]
    some = connections.transactions.list(
        {"account": account_id, "transacted_at": {"gte": times[4]}}
    )
    assert len(some.data) == 5
    last = connections.accounts.retrieve(account_id).transaction_refresh.id
    later = connections.transactions.list(
        {"account": account_id, "transaction_refresh": {"after": last}}
    )
    assert later.data == []


@check("lists owners, and expands")
def _():
    account = connections.accounts.retrieve(
        account_id, {"expand": ["ownership", "account_holder.customer"]}
    )
    assert account.ownership.object == "financial_connections.account_ownership"
    assert account.account_holder.customer.object == "customer"
    owners = connections.accounts.owners.list(account_id, {"ownership": account.ownership.id})
    assert owners.data == account.ownership.owners.data


@check("creates a session, and reads the accounts that were linked in it")
def _():
    session = connections.sessions.create(
        {
            "account_holder": {"type": "customer", "customer": customer},
            "permissions": ["balances", "transactions"],
            "prefetch": ["balances"],
            "filters": {"country": "US"},
            "limits": {"accounts": ""},
        }
    )
    assert "_secret_" in session.client_secret
    ids = control("POST", f"sessions/{session.id}/complete", {"accounts": [{}, {}]})["ids"]
    complete = connections.sessions.retrieve(session.id)
    assert sorted(account.id for account in complete.accounts.data) == sorted(ids)


@check("subscribes and unsubscribes")
def _():
    features = {"features": ["transactions"]}
    assert connections.accounts.subscribe(linked[1], features).subscriptions == ["transactions"]
    assert connections.accounts.unsubscribe(linked[1], features).subscriptions == []


@check("replays under an idempotency key, and tells a mismatch")
def _():
    options = {"idempotency_key": "python-replay"}
    first = connections.accounts.refresh(linked[2], {"features": ["balance"]}, options)
    again = connections.accounts.refresh(linked[2], {"features": ["balance"]}, options)
    assert first == again
    assert again.last_response.headers["idempotent-replayed"] == "true"
    fails(
        stripe.IdempotencyError,
        lambda: connections.accounts.refresh(linked[2], {"features": ["ownership"]}, options),
        http_status=400,
    )
    assert control("GET", "effects")["idempotency_keys"]["python-replay"] == 1


@check("disconnects")
def _():
    assert connections.accounts.disconnect(linked[3]).status == "disconnected"


@check("lists events")
def _():
    events = sdk.v1.events.list({"type": "financial_connections.account.disconnected"})
    assert events.data[0].data.object["id"] == linked[3]


@check("invalid requests")
def _():
    invalid = stripe.InvalidRequestError
    retrieve = connections.accounts.retrieve
    fails(invalid, lambda: retrieve("fca_none"), http_status=404, code="resource_missing", param="account")
    fails(invalid, lambda: connections.accounts.list({"nope": 1}), code="parameter_unknown", param="nope")
    fails(
        invalid,
        lambda: connections.accounts.refresh(account_id, {}),
        code="parameter_missing",
        param="features",
    )
    fails(
        invalid,
        lambda: connections.accounts.refresh(account_id, {"features": ["nope"]}),
        param="features[0]",
    )
    fails(
        invalid,
        lambda: connections.accounts.list({"limit": "ten"}),
        code="parameter_invalid_integer",
    )
    fails(invalid, lambda: retrieve(account_id, {"expand": ["nope"]}), http_status=400)
    fails(
        invalid,
        lambda: connections.transactions.list({"account": linked[5]}),
        code="financial_connections_no_successful_transaction_refresh",
    )
    control("POST", f"accounts/{linked[4]}/deactivate")
    fails(
        invalid,
        lambda: connections.accounts.refresh(linked[4], {"features": ["balance"]}),
        code="financial_connections_account_inactive",
    )


@check("authentication errors")
def _():
    wrong = client("sk_wrong_key_of_nobody").v1.financial_connections
    fails(stripe.AuthenticationError, lambda: wrong.accounts.list(), http_status=401)
    key = control("POST", "keys", {"kind": "expired"})["key"]
    expired = client(key).v1.financial_connections
    fails(stripe.AuthenticationError, lambda: expired.accounts.list(), code="api_key_expired")


@check("permission errors")
def _():
    key = control("POST", "keys", {"kind": "restricted", "operations": ["accounts.list"]})["key"]
    restricted = client(key).v1.financial_connections
    restricted.accounts.list()
    fails(stripe.PermissionError, lambda: restricted.accounts.retrieve(account_id), http_status=403)
    nobody = {"stripe_account": "acct_nobody"}
    fails(
        stripe.PermissionError,
        lambda: connections.accounts.list({}, nobody),
        code="account_invalid",
    )


@check("data of a connected account")
def _():
    account = control("POST", "connected_accounts")["id"]
    (theirs,) = control("POST", f"accounts?account={account}", {})["ids"]
    options = {"stripe_account": account}
    assert connections.accounts.retrieve(theirs, {}, options).id == theirs
    fails(stripe.InvalidRequestError, lambda: connections.accounts.retrieve(theirs), http_status=404)


@check("rate limits, locks, server faults and broken connections")
def _():
    def fault(reply, **more):
        fault = {"operation": "accounts.retrieve", "reply": reply, **more}
        control("POST", "faults", {"faults": [fault]})

    def retrieve(**options):
        return connections.accounts.retrieve(account_id, {}, options)

    fault({"status": 429, "code": "rate_limit"})
    fails(stripe.RateLimitError, retrieve, http_status=429)
    fault({"status": 429, "code": "lock_timeout"}, headers={"stripe-should-retry": "true"})
    retrieve(max_network_retries=1)
    fault({"status": 500})
    fails(stripe.APIError, retrieve, http_status=500)
    fault({"status": 502, "body": "<html></html>"})
    fails(stripe.APIError, retrieve)
    fault({"status": 409, "code": "idempotency_key_in_use"})
    fails(stripe.APIError, retrieve, http_status=409)
    fault("truncated")
    fails(stripe.APIError, retrieve)
    fault("reset_in_body")
    fails(stripe.APIConnectionError, retrieve)
    fault("reset")
    fails(stripe.APIConnectionError, retrieve)


@check("a lost answer of a POST is replayed by the retry, which takes no second effect")
def _():
    before = control("GET", "effects")["operations"]["accounts.refresh"]
    lost = {"operation": "accounts.refresh", "reply": "reset", "stage": "after"}
    control("POST", "faults", {"faults": [lost]})
    options = {"max_network_retries": 2}
    account = connections.accounts.refresh(linked[6], {"features": ["balance"]}, options)
    assert account.balance_refresh.status == "pending"
    after = control("GET", "effects")["operations"]["accounts.refresh"]
    assert after == before + 1


print(f"python: {COUNT} checks with stripe {stripe.VERSION}")
