// The official Node SDK as a client of the sandbox: every operation, page direction, replay and
// error class that it knows. `run.sh` starts the sandbox and this.
import assert from 'node:assert/strict';
import Stripe from 'stripe';

const url = new URL(process.env.SANDBOX_URL);
const options = (more = {}) => ({
  host: url.hostname,
  port: url.port,
  protocol: 'http',
  maxNetworkRetries: 0,
  telemetry: false,
  ...more,
});
const stripe = new Stripe(process.env.SANDBOX_KEY, options());
const connections = stripe.financialConnections;

// What only a user, a bank or the passing of time does: the control surface.
async function control(method, path, body) {
  const answer = await fetch(`${url.origin}/_sandbox/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const json = await answer.json();
  assert.equal(answer.status, 200, JSON.stringify(json));
  return json;
}

const fails = async (promise, type, expected = {}) => {
  const error = await promise.then(
    () => assert.fail(`expected ${type.name}`),
    (error) => error,
  );
  assert.ok(error instanceof type, `expected ${type.name}, got ${error.constructor.name}: ${error.message}`);
  for (const [field, value] of Object.entries(expected)) {
    assert.equal(error[field], value, `${field} of: ${error.message}`);
  }
  return error;
};

const { StripeInvalidRequestError, StripeAuthenticationError, StripePermissionError } = Stripe.errors;
const { StripeRateLimitError, StripeIdempotencyError, StripeAPIError, StripeConnectionError } = Stripe.errors;

let count = 0;
async function check(name, body) {
  await body();
  count += 1;
  console.log(`ok ${count} node: ${name}`);
}

const { ids: [customer] } = await control('POST', 'customers', {});
const { ids: linked } = await control('POST', 'accounts', { customer, count: 25, transactions: 30 });
const newestFirst = [...linked].reverse();
const id = newestFirst[0];
const features = ['balance', 'ownership', 'transactions'];

await check('lists a page, and pages forward to the end', async () => {
  const page = await connections.accounts.list({ account_holder: { customer }, limit: 10 });
  assert.deepEqual(page.data.map((account) => account.id), newestFirst.slice(0, 10));
  assert.equal(page.has_more, true);
  const all = [];
  for await (const account of connections.accounts.list({ account_holder: { customer }, limit: 10 })) {
    all.push(account.id);
  }
  assert.deepEqual(all, newestFirst);
});

await check('pages backward', async () => {
  const all = [];
  const oldest = newestFirst.at(-1);
  const list = connections.accounts.list({ account_holder: { customer }, limit: 10, ending_before: oldest });
  for await (const account of list) all.push(account.id);
  assert.deepEqual(all, newestFirst.slice(0, -1).reverse());
});

await check('retrieves', async () => {
  const account = await connections.accounts.retrieve(id);
  assert.equal(account.object, 'financial_connections.account');
  assert.equal(account.balance, null);
  assert.match(account.lastResponse.requestId, /^req_/);
});

await check('refreshes until it has ended', async () => {
  let account = await connections.accounts.refresh(id, { features });
  assert.equal(account.balance_refresh.status, 'pending');
  for (let polls = 0; account.transaction_refresh.status === 'pending'; polls += 1) {
    assert.ok(polls < 5);
    account = await connections.accounts.retrieve(id);
  }
  assert.equal(account.transaction_refresh.status, 'succeeded');
  assert.equal(typeof account.balance.current.usd, 'number');
});

await check('lists and retrieves transactions', async () => {
  const all = await connections.transactions.list({ account: id, limit: 7 }).autoPagingToArray({ limit: 100 });
  assert.equal(all.length, 30);
  const times = all.map((transaction) => transaction.transacted_at);
  assert.deepEqual(times, [...times].sort((a, b) => b - a));
  const one = await connections.transactions.retrieve(all[3].id);
  assert.deepEqual({ ...one }, { ...all[3] });
  const some = await connections.transactions.list({ account: id, transacted_at: { gte: times[4] } });
  assert.equal(some.data.length, 5);
  const account = await connections.accounts.retrieve(id);
  const later = await connections.transactions.list({
    account: id,
    transaction_refresh: { after: account.transaction_refresh.id },
  });
  assert.deepEqual(later.data, []);
});

await check('lists owners, and expands', async () => {
  const account = await connections.accounts.retrieve(id, { expand: ['ownership', 'account_holder.customer'] });
  const ownership = account.ownership;
  assert.equal(ownership.object, 'financial_connections.account_ownership');
  assert.equal(account.account_holder.customer.object, 'customer');
  const owners = await connections.accounts.listOwners(id, { ownership: ownership.id });
  assert.deepEqual(owners.data, ownership.owners.data);
  const page = await connections.accounts.list({ account_holder: { customer }, limit: 1, expand: ['data.ownership'] });
  assert.equal(page.data[0].ownership.id, ownership.id);
});

await check('creates a session, and reads the accounts that were linked in it', async () => {
  const session = await connections.sessions.create({
    account_holder: { type: 'customer', customer },
    permissions: ['balances', 'transactions'],
    prefetch: ['balances'],
    filters: { country: 'US', account_subcategories: ['checking', 'savings'] },
    limits: { accounts: 2 },
  });
  assert.match(session.client_secret, /_secret_/);
  const { ids } = await control('POST', `sessions/${session.id}/complete`, { accounts: [{}, {}] });
  const complete = await connections.sessions.retrieve(session.id);
  assert.deepEqual(complete.accounts.data.map((account) => account.id).sort(), ids.sort());
  const ofSession = await connections.accounts.list({ session: session.id });
  assert.equal(ofSession.data.length, 2);
});

await check('subscribes and unsubscribes', async () => {
  const subscribed = await connections.accounts.subscribe(linked[1], { features: ['transactions'] });
  assert.deepEqual(subscribed.subscriptions, ['transactions']);
  assert.match(subscribed.transaction_refresh.id, /^fctxnref_/);
  const unsubscribed = await connections.accounts.unsubscribe(linked[1], { features: ['transactions'] });
  assert.deepEqual(unsubscribed.subscriptions, []);
});

await check('replays under an idempotency key, and tells a mismatch', async () => {
  const idempotencyKey = 'node-replay';
  const first = await connections.accounts.refresh(linked[2], { features: ['balance'] }, { idempotencyKey });
  const again = await connections.accounts.refresh(linked[2], { features: ['balance'] }, { idempotencyKey });
  assert.deepEqual({ ...again }, { ...first });
  assert.equal(again.lastResponse.headers['idempotent-replayed'], 'true');
  assert.equal(again.lastResponse.headers['original-request'], first.lastResponse.requestId);
  await fails(
    connections.accounts.refresh(linked[2], { features: ['ownership'] }, { idempotencyKey }),
    StripeIdempotencyError,
    { statusCode: 400 },
  );
  const { idempotency_keys: effects } = await control('GET', 'effects');
  assert.equal(effects[idempotencyKey], 1);
});

await check('disconnects', async () => {
  const account = await connections.accounts.disconnect(linked[3]);
  assert.equal(account.status, 'disconnected');
  await fails(connections.accounts.refresh(linked[3], { features: ['balance'] }), StripeInvalidRequestError);
});

await check('lists events', async () => {
  const events = await stripe.events.list({ type: 'financial_connections.account.disconnected' });
  assert.equal(events.data[0].data.object.id, linked[3]);
});

await check('invalid requests', async () => {
  await fails(connections.accounts.retrieve('fca_none'), StripeInvalidRequestError, {
    statusCode: 404, code: 'resource_missing', param: 'account',
  });
  await fails(connections.accounts.list({ nope: 1 }), StripeInvalidRequestError, {
    statusCode: 400, code: 'parameter_unknown', param: 'nope',
  });
  await fails(connections.accounts.refresh(id, {}), StripeInvalidRequestError, {
    statusCode: 400, code: 'parameter_missing', param: 'features',
  });
  await fails(connections.accounts.refresh(id, { features: ['nope'] }), StripeInvalidRequestError, {
    statusCode: 400, param: 'features[0]',
  });
  await fails(connections.accounts.list({ limit: 'ten' }), StripeInvalidRequestError, {
    code: 'parameter_invalid_integer', param: 'limit',
  });
  await fails(connections.accounts.retrieve(id, { expand: ['nope'] }), StripeInvalidRequestError, {
    statusCode: 400,
  });
  await fails(connections.transactions.list({ account: linked[5] }), StripeInvalidRequestError, {
    code: 'financial_connections_no_successful_transaction_refresh',
  });
});

await check('an inactive account', async () => {
  await control('POST', `accounts/${linked[4]}/deactivate`);
  await fails(connections.accounts.refresh(linked[4], { features: ['balance'] }), StripeInvalidRequestError, {
    statusCode: 400, code: 'financial_connections_account_inactive',
  });
});

await check('authentication errors', async () => {
  const wrong = new Stripe('sk_wrong_key_of_nobody', options());
  await fails(wrong.financialConnections.accounts.list(), StripeAuthenticationError, { statusCode: 401 });
  const { key } = await control('POST', 'keys', { kind: 'expired' });
  const expired = new Stripe(key, options());
  await fails(expired.financialConnections.accounts.list(), StripeAuthenticationError, { code: 'api_key_expired' });
});

await check('permission errors', async () => {
  const { key } = await control('POST', 'keys', { kind: 'restricted', operations: ['accounts.list'] });
  const restricted = new Stripe(key, options());
  await restricted.financialConnections.accounts.list();
  await fails(restricted.financialConnections.accounts.retrieve(id), StripePermissionError, { statusCode: 403 });
  await fails(
    connections.accounts.list({}, { stripeAccount: 'acct_nobody' }),
    StripePermissionError,
    { code: 'account_invalid' },
  );
});

await check('data of a connected account', async () => {
  const { id: account } = await control('POST', 'connected_accounts');
  const { ids: [theirs] } = await control('POST', `accounts?account=${account}`, {});
  const found = await connections.accounts.retrieve(theirs, {}, { stripeAccount: account });
  assert.equal(found.id, theirs);
  await fails(connections.accounts.retrieve(theirs), StripeInvalidRequestError, { statusCode: 404 });
});

await check('rate limits, locks, server faults and broken connections', async () => {
  const operation = 'accounts.retrieve';
  const fault = (reply, more = {}) => control('POST', 'faults', { faults: [{ operation, reply, ...more }] });
  await fault({ status: 429, code: 'rate_limit' });
  await fails(connections.accounts.retrieve(id), StripeRateLimitError, { statusCode: 429 });
  await fault({ status: 429, code: 'lock_timeout' }, { headers: { 'stripe-should-retry': 'true' } });
  await connections.accounts.retrieve(id, {}, { maxNetworkRetries: 1 });
  await fault({ status: 500 });
  await fails(connections.accounts.retrieve(id), StripeAPIError, { statusCode: 500 });
  await fault({ status: 502, body: '<html></html>' });
  await fails(connections.accounts.retrieve(id), StripeAPIError);
  await fault({ status: 409, code: 'idempotency_key_in_use' });
  await fails(connections.accounts.retrieve(id), StripeAPIError, { statusCode: 409 });
  await fault('truncated');
  await fails(connections.accounts.retrieve(id), StripeAPIError);
  await fault('reset_in_body');
  await fails(connections.accounts.retrieve(id), StripeConnectionError);
  // Resets are tried once more than asked for: the second fault of the two is for that.
  await fault('reset', { times: 2 });
  await fails(connections.accounts.retrieve(id), StripeConnectionError);
  await control('DELETE', 'faults');
});

await check('a lost answer of a POST is replayed by the retry, which takes no second effect', async () => {
  const { operations: before } = await control('GET', 'effects');
  await control('POST', 'faults', {
    faults: [{ operation: 'accounts.refresh', reply: 'reset', stage: 'after' }],
  });
  const account = await connections.accounts.refresh(linked[6], { features: ['balance'] }, { maxNetworkRetries: 2 });
  assert.equal(account.balance_refresh.status, 'pending');
  const { operations: after } = await control('GET', 'effects');
  assert.equal(after['accounts.refresh'], before['accounts.refresh'] + 1);
});

console.log(`node: ${count} checks with stripe ${Stripe.PACKAGE_VERSION}`);
// The SDK's own timers would keep the process for as long as a request may take.
process.exit(0);
