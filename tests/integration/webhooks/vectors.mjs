// The vendor's Node library against vectors.json. Run by `check`.
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";

const [file, prefix, mode] = process.argv.slice(2);
const Stripe = createRequire(`${prefix}/`)("stripe");
const { webhooks } = new Stripe("sk_test_unused");

function header({ payload, timestamp, secrets, other_scheme }) {
  const sign = (secret, scheme) =>
    webhooks.generateTestHeaderString({ payload, timestamp, secret, scheme });
  const signature = (secret, scheme) => sign(secret, scheme).split(",")[1];
  const [first, ...rest] = secrets;
  return [
    sign(first, "v1"),
    ...rest.map((secret) => signature(secret, "v1")),
    ...(other_scheme ? [signature(first, other_scheme)] : []),
  ].join(",");
}

function accepts({ payload, secrets, headers }) {
  try {
    // A tolerance of 0 leaves the time unchecked.
    return secrets.every((secret) =>
      webhooks.signature.verifyHeader(payload, headers.ours, secret, 0),
    );
  } catch {
    return false;
  }
}

function fail(name, reason) {
  console.error(`node: ${name}: ${reason}`);
  process.exit(1);
}

const cases = JSON.parse(readFileSync(file, "utf8"));
for (const it of cases) {
  const made = header(it);
  if (mode === "--write") it.headers = { ...it.headers, node: made };
  if (made !== it.headers.node) fail(it.name, "the helper gives another header");
  if (!accepts(it)) fail(it.name, "our header is refused");
}
if (mode === "--write") writeFileSync(file, `${JSON.stringify(cases, null, 2)}\n`);
console.log(`node: ${cases.length} cases`);
