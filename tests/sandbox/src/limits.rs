//! The limits of the sandbox, so that careless input stalls nobody. The README lists them.

use std::time::Duration;

const MIB: usize = 1 << 20;

/// The largest body of a request.
pub(crate) const BODY: usize = MIB;
/// How much of a body that is too large is read on, so that its sender reads the response.
pub(crate) const DRAINED: usize = 64 * MIB;
/// The largest head of a request.
pub(crate) const HEAD: usize = 256 << 10;
/// The headers of a request.
pub(crate) const HEADERS: usize = 200;
/// How long a request's head may take.
pub(crate) const HEAD_TIME: Duration = Duration::from_secs(10);
/// How long a request's body may take.
pub(crate) const BODY_TIME: Duration = Duration::from_secs(30);
/// The parameters of a request.
pub(crate) const PARAMETERS: usize = 1_000;
/// The characters of what an error repeats of a request.
pub(crate) const QUOTED: usize = 2_000;

/// The entries of the request log. The oldest are dropped.
pub(crate) const LOG_ENTRIES: usize = 100_000;
/// The memory of the request log. The oldest entries are dropped.
pub(crate) const LOG_BYTES: usize = 64 * MIB;
/// The part of a body that the log keeps.
pub(crate) const LOGGED_BODY: usize = 64 << 10;
/// The idempotency keys whose effects are counted. The oldest are dropped.
pub(crate) const COUNTED_KEYS: usize = 100_000;
/// The memory of the responses under idempotency keys. The oldest are dropped.
pub(crate) const KEPT_BYTES: usize = 8 * MIB;
/// The memory of events. The oldest are dropped.
pub(crate) const EVENT_BYTES: usize = 32 * MIB;
/// The deliveries that wait, and the outcomes that are kept. The oldest are dropped.
pub(crate) const DELIVERIES: usize = 10_000;

/// The accounts, customers, owners and transactions that one control call makes, together.
pub(crate) const MADE: usize = 100_000;
/// The transactions that an account is linked with over HTTP, and those that a bank is given for one
/// refresh.
pub(crate) const TRANSACTIONS: usize = 1_000;
/// The accounts that are linked in a session.
pub(crate) const LINKED: usize = 1_000;
/// How far one call moves the clock, in seconds: ten years.
pub(crate) const ADVANCE: i64 = 3_653 * 86_400;
/// The daily refreshes that one move of the clock may cause.
pub(crate) const DAILY_REFRESHES: i64 = 200_000;
/// The tasks that run before other callers have their turn.
pub(crate) const TASKS_A_TURN: usize = 10;
/// The accounts that are visited or made before other callers have their turn.
pub(crate) const ACCOUNTS_A_TURN: usize = 10;
/// The faults that are pending.
pub(crate) const FAULTS: usize = 1_000;
/// The delay of a fault.
pub(crate) const DELAY: Duration = Duration::from_secs(600);
/// The webhook endpoints.
pub(crate) const ENDPOINTS: usize = 100;
/// How often a webhook endpoint gets each event.
pub(crate) const COPIES: u32 = 100;
/// The snapshots that are kept.
pub(crate) const SNAPSHOTS: usize = 10;
/// The characters of a text.
pub(crate) const TEXT: usize = 5_000;
/// The items of a page of the control surface.
pub(crate) const PAGE: usize = 1_000;
