//! Waiting for a refresh to end.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::task::Context;

use stripe_client_runtime::codegen::v1::{self, Poller};
use stripe_client_runtime::{Error, Poll, Response, Timestamp};

use crate::generated::Client;
use crate::generated::requests::{RefreshAccount, RetrieveAccount};
use crate::generated::types::{Account, AccountStatus, RefreshFeature, RefreshStatus};

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
    /// A poll that fails is repeated, as long as the failure may be transient. When the time runs out
    /// the error [is a timeout](Error::is_timeout); the refresh continues on the server. The time is
    /// that of the whole: the request, the polls and the delays between them.
    ///
    /// Once the request has been answered, every error says that it
    /// [may have been executed](Error::maybe_executed) and has its idempotency key, also when the failure
    /// is that of a poll; the poll's own error is then its source.
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
        v1::wait(self.send())
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

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> std::task::Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl fmt::Debug for RefreshedFuture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefreshedFuture").finish_non_exhaustive()
    }
}

async fn refresh(mut request: RefreshAccount, poll: Poll) -> Result<Refreshed, Error> {
    let poller = Poller::new(&request.call, poll);
    poller.bound(&mut request.call);
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
    let retrieve = retrieve(&call, &first, expand);
    let account = poller
        .until(
            first,
            |account| {
                waits.iter_mut().for_each(|wait| wait.look(account));
                waits.iter().all(|wait| wait.outcome.is_some())
            },
            || retrieve.clone().send(),
            "the refresh had not ended before the deadline",
        )
        .await?;
    let outcome = |wait: Wait| Some((wait.feature, wait.outcome?));
    let outcomes = waits.into_iter().filter_map(outcome).collect();
    Ok(Refreshed { account, outcomes })
}

/// The request that polls the account, with the options of the one that started the refresh.
fn retrieve(call: &v1::Call, account: &Account, expand: Vec<String>) -> RetrieveAccount {
    let client = Client::from(call.client().clone());
    let mut retrieve = client.accounts().retrieve(&account.id).expand(expand);
    retrieve.call.adopt(call);
    retrieve
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
