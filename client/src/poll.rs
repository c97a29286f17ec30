//! Waiting for a refresh to end.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::{Duration, Instant};

use crate::call::Call;
use crate::client::Client;
use crate::error::{Error, Kind};
use crate::random::up_to;
use crate::requests::{RefreshAccount, RetrieveAccount};
use crate::response::Response;
use crate::timestamp::Timestamp;
use crate::types::{Account, AccountStatus, RefreshFeature, RefreshStatus};

/// How to wait: for how long, and how often to look.
///
/// The pauses between looks begin with a second and double up to fifteen, each shortened at random
/// by up to a half. By default waiting ends after five minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poll {
    deadline: Duration,
    first: Duration,
    longest: Duration,
}

impl Default for Poll {
    fn default() -> Self {
        Self {
            deadline: Duration::from_secs(5 * 60),
            first: Duration::from_secs(1),
            longest: Duration::from_secs(15),
        }
    }
}

impl Poll {
    /// The same as the default, but waiting ends after so long.
    pub fn within(deadline: Duration) -> Self {
        Self {
            deadline,
            ..Self::default()
        }
    }

    /// Begins with one pause and ends with another.
    #[must_use]
    pub fn pauses(self, first: Duration, longest: Duration) -> Self {
        Self {
            first,
            longest,
            ..self
        }
    }
}

/// How a refresh ended, feature by feature.
pub struct Refreshed {
    account: Response<Account>,
    outcomes: Vec<(RefreshFeature, RefreshOutcome)>,
}

/// How the refresh of one feature ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RefreshOutcome {
    /// It succeeded; the data is that of the refresh started at this time. That may be an earlier
    /// one, if the API did not start another because it was too early for it.
    Succeeded(Timestamp),
    /// It failed; the data is older than the refresh started at this time.
    Failed(Timestamp),
    /// It was not started: the answer to the request shows no refresh of this feature.
    NotStarted,
    /// It had not ended when the account became inactive or disconnected; the account's `status`
    /// tells which. No more data is to be expected.
    Abandoned,
}

impl Refreshed {
    /// The account as it was when the last of the features had ended.
    pub fn account(&self) -> &Response<Account> {
        &self.account
    }

    /// The account, owned.
    pub fn into_account(self) -> Response<Account> {
        self.account
    }

    /// How the refresh of this feature ended; `None` if it was not asked for.
    pub fn outcome(&self, feature: &RefreshFeature) -> Option<RefreshOutcome> {
        let mut outcomes = self.outcomes.iter();
        outcomes.find_map(|(it, outcome)| (it == feature).then_some(*outcome))
    }

    /// Each feature that was asked for, and how its refresh ended.
    pub fn outcomes(&self) -> &[(RefreshFeature, RefreshOutcome)] {
        &self.outcomes
    }

    /// Whether every feature that was asked for has succeeded.
    pub fn is_success(&self) -> bool {
        let succeeded = |outcome| matches!(outcome, RefreshOutcome::Succeeded(_));
        self.outcomes.iter().all(|(_, outcome)| succeeded(*outcome))
    }
}

impl fmt::Debug for Refreshed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refreshed")
            .field("account", &self.account)
            .field("outcomes", &self.outcomes)
            .finish()
    }
}

impl RefreshAccount {
    /// Waits until the refresh of every feature has ended, by looking at the account again and
    /// again.
    ///
    /// ```no_run
    /// # use stripe_financial_connections::{Client, Error, Poll, types::RefreshFeature};
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// let refreshed = client
    ///     .accounts()
    ///     .refresh("fca_123", [RefreshFeature::Balance])
    ///     .and_wait(Poll::default())
    ///     .await?;
    /// if refreshed.is_success() {
    ///     let balance = &refreshed.account().balance;
    ///     # let _ = balance;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// A look that fails is made again, as long as the failure may pass. When the time runs out the
    /// error [is a time-out](Error::is_timeout); the refresh goes on without a witness.
    pub fn and_wait(self, poll: Poll) -> RefreshAndWait {
        RefreshAndWait {
            request: self,
            poll,
        }
    }
}

/// A refresh that is waited for. Made by [`RefreshAccount::and_wait`].
#[must_use = "a request does nothing until it is awaited"]
#[derive(Clone, Debug)]
pub struct RefreshAndWait {
    request: RefreshAccount,
    poll: Poll,
}

impl RefreshAndWait {
    /// Sends the request and waits. Awaiting it does the same.
    pub fn send(self) -> RefreshedFuture {
        RefreshedFuture(Box::pin(refresh(self.request, self.poll)))
    }

    /// Sends the request and waits, without `async`; within an async runtime too.
    #[cfg(feature = "blocking")]
    pub fn send_blocking(mut self) -> Result<Refreshed, Error> {
        self.request.call = self.request.call.blocking();
        crate::blocking::park_on(crate::task::Task::new(
            crate::blocking::runtime()?,
            self.send(),
        ))
    }
}

impl IntoFuture for RefreshAndWait {
    type Output = Result<Refreshed, Error>;
    type IntoFuture = RefreshedFuture;

    fn into_future(self) -> RefreshedFuture {
        self.send()
    }
}

/// A refresh on its way. Dropping it stops the waiting, not the refresh.
#[must_use = "a request is sent when it is awaited"]
pub struct RefreshedFuture(Pin<Box<dyn Future<Output = Result<Refreshed, Error>> + Send>>);

impl Future for RefreshedFuture {
    type Output = Result<Refreshed, Error>;

    fn poll(
        mut self: Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl fmt::Debug for RefreshedFuture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefreshedFuture").finish_non_exhaustive()
    }
}

async fn refresh(request: RefreshAccount, poll: Poll) -> Result<Refreshed, Error> {
    let client = request.call.client().clone();
    let clock = &*client.shared().clock;
    let deadline = clock.now().checked_add(poll.deadline);
    let call = request.call.clone();
    let (features, expand) = (
        request.params.features.clone(),
        request.params.expand.clone(),
    );

    let first = request.await?;
    let mut waits: Vec<Wait> = features
        .into_iter()
        .map(|it| Wait::new(it, &first))
        .collect();
    let look = look(&client, &call, &first, expand);
    let mut account = first;
    let mut looks = 0;
    loop {
        for wait in &mut waits {
            wait.look(&account);
        }
        if waits.iter().all(|wait| wait.outcome.is_some()) {
            let outcome = |wait: Wait| Some((wait.feature, wait.outcome?));
            let outcomes = waits.into_iter().filter_map(outcome).collect();
            return Ok(Refreshed { account, outcomes });
        }
        let pause = pause(&poll, looks, &client);
        if !is_in_time(clock.now(), pause, deadline) {
            return Err(timed_out(account));
        }
        clock.sleep(pause).await;
        looks += 1;
        match look.clone().await {
            Ok(newer) => account = newer,
            Err(error) if may_pass(&error) => {}
            Err(error) => return Err(error),
        }
    }
}

/// The request that looks at the account, with the options of the one that started the refresh.
fn look(client: &Client, call: &Call, account: &Account, expand: Vec<String>) -> RetrieveAccount {
    let mut look = client.accounts().retrieve(&account.id).expand(expand);
    look.call.adopt(call);
    look
}

fn pause(poll: &Poll, looks: u32, client: &Client) -> Duration {
    let factor = 1u32.checked_shl(looks).unwrap_or(u32::MAX);
    let range = poll.first.saturating_mul(factor).min(poll.longest);
    let half = u64::try_from(range.as_nanos() / 2).unwrap_or(u64::MAX);
    range.saturating_sub(Duration::from_nanos(up_to(&*client.shared().random, half)))
}

fn is_in_time(now: Instant, pause: Duration, deadline: Option<Instant>) -> bool {
    match (now.checked_add(pause), deadline) {
        (Some(then), Some(deadline)) => then <= deadline,
        _ => true,
    }
}

/// Whether looking again may help.
fn may_pass(error: &Error) -> bool {
    error.is_connect()
        || error.is_timeout()
        || error.is_interrupted()
        || error.is_server_error()
        || error.is_rate_limited()
        || error.is_conflict()
}

fn timed_out(account: Response<Account>) -> Error {
    let detail = "the refresh had not ended when the time ran out";
    account.describe(Error::new(Kind::Timeout, detail))
}

/// One feature that is waited for.
struct Wait {
    feature: RefreshFeature,
    /// When the refresh was started that the first answer showed.
    started: Option<Timestamp>,
    outcome: Option<RefreshOutcome>,
}

impl Wait {
    fn new(feature: RefreshFeature, first: &Account) -> Self {
        let started = state(&feature, first).map(|(_, started)| started);
        // The first answer shows every refresh that it started.
        let outcome = started.is_none().then_some(RefreshOutcome::NotStarted);
        Self {
            feature,
            started,
            outcome,
        }
    }

    fn look(&mut self, account: &Account) {
        if self.outcome.is_some() {
            return;
        }
        let ended = match state(&self.feature, account) {
            // An answer from before the refresh can come late, from a replica: it ends nothing.
            Some((_, at)) if Some(at) < self.started => None,
            Some((RefreshStatus::Succeeded, at)) => Some(RefreshOutcome::Succeeded(at)),
            Some((RefreshStatus::Failed, at)) => Some(RefreshOutcome::Failed(at)),
            _ => None,
        };
        let is_lost = matches!(
            account.status,
            AccountStatus::Inactive | AccountStatus::Disconnected
        );
        self.outcome = ended.or(is_lost.then_some(RefreshOutcome::Abandoned));
    }
}

/// What the account shows of the feature's last refresh: how far it is, and when it was started.
fn state<'a>(
    feature: &RefreshFeature,
    account: &'a Account,
) -> Option<(&'a RefreshStatus, Timestamp)> {
    match feature {
        RefreshFeature::Balance => account
            .balance_refresh
            .as_ref()
            .map(|it| (&it.status, it.last_attempted_at)),
        RefreshFeature::Ownership => account
            .ownership_refresh
            .as_ref()
            .map(|it| (&it.status, it.last_attempted_at)),
        RefreshFeature::Transactions => account
            .transaction_refresh
            .as_ref()
            .map(|it| (&it.status, it.last_attempted_at)),
        RefreshFeature::UnknownValue(_) => None,
    }
}
