//! A scenario: a script of the server, the calls that meet it, and what has to hold.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use stripe_financial_connections::{Client, Error, SecretKey};

use super::act::{self, Act};
use super::call::{self, Call};
use super::random::Numbers;
use super::server::{Protocol, Server};
use super::world::{World, turns};

/// How many turns without an end pass before time does, if anything waits for it.
const PATIENCE: usize = 200;
/// By how much time passes then.
const STEP: Duration = Duration::from_secs(20);
/// How many turns without an end are a call that hangs, if nothing waits for time to pass.
const HANGS: usize = 200_000;

#[derive(Clone, Debug)]
pub(crate) struct Scenario {
    pub(crate) protocol: Protocol,
    pub(crate) script: Vec<Act>,
    pub(crate) calls: Vec<Call>,
}

impl Scenario {
    pub(crate) fn random(seed: u64) -> Self {
        let mut numbers = Numbers(seed);
        let acts = act::all();
        Self {
            protocol: numbers.one_of(&[Protocol::Http1, Protocol::Http2]),
            script: (0..=numbers.below(9))
                .map(|_| numbers.one_of(&acts))
                .collect(),
            calls: (0..=numbers.below(4))
                .map(|_| numbers.one_of(&call::ALL))
                .collect(),
        }
    }

    /// Plays it, and checks what has to hold.
    pub(crate) async fn play(&self) -> Counts {
        let stage = Stage::new(self.protocol, self.script.iter().copied()).await;
        let mut counts = Counts::default();
        for (number, call) in self.calls.iter().enumerate() {
            let account = format!("fca_{number}");
            let started = stage.world.clock.passed();
            let ended = stage
                .drive(call.make(stage.client.clone(), account.clone()))
                .await;
            let took = stage.world.clock.passed() - started;
            // Time passes in steps, which may be too far by one, and the last turns of the call.
            assert!(took <= call.bound() + 2 * STEP, "{call:?} took {took:?}");
            let effects = call.post(&account).map(|path| stage.world.effects(&path));
            match ended {
                Ok(()) => {
                    counts.succeeded += 1;
                    assert!(
                        effects.is_none_or(|effects| effects == 1),
                        "{effects:?} effects"
                    );
                }
                Err(error) => {
                    counts.failed += 1;
                    counts.rejected += usize::from(!error.maybe_executed());
                    stage.check(*call, &error, effects.unwrap_or_default());
                }
            }
        }
        counts.requests = stage.world.requests();
        stage.recovers().await;
        counts
    }
}

/// What has been seen.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) scenarios: usize,
    pub(crate) requests: usize,
    pub(crate) succeeded: usize,
    pub(crate) failed: usize,
    /// Failures of which it is certain that nothing was executed.
    pub(crate) rejected: usize,
}

impl Counts {
    pub(crate) fn add(&mut self, other: Self) {
        self.scenarios += 1;
        self.requests += other.requests;
        self.succeeded += other.succeeded;
        self.failed += other.failed;
        self.rejected += other.rejected;
    }
}

/// A server and a client of it.
pub(crate) struct Stage {
    pub(crate) world: Arc<World>,
    pub(crate) client: Client,
    server: Server,
}

impl Stage {
    pub(crate) async fn new(protocol: Protocol, script: impl IntoIterator<Item = Act>) -> Self {
        let world = World::new(script);
        let server = Server::start(protocol, Arc::clone(&world)).await;
        let client = Client::builder(SecretKey::new("sk_test_adversary").unwrap())
            .base_url(server.url())
            .clock(world.clock.clone());
        Self {
            client: client.build().unwrap(),
            world,
            server,
        }
    }

    pub(crate) fn url(&self) -> String {
        self.server.url()
    }

    /// Waits for a call; while nothing else happens and something waits for it, time passes.
    pub(crate) async fn drive<T: Send + 'static>(
        &self,
        call: impl Future<Output = T> + Send + 'static,
    ) -> T {
        let task = tokio::spawn(call);
        let (mut quiet, mut hanging) = (0, 0);
        while !task.is_finished() {
            turns(1).await;
            quiet += 1;
            hanging += 1;
            if quiet > PATIENCE && self.world.is_stuck() {
                self.world.clock.advance(STEP);
                (quiet, hanging) = (0, 0);
            }
            assert!(hanging < HANGS, "the call hangs");
        }
        match task.await {
            Ok(value) => value,
            Err(error) => std::panic::resume_unwind(error.into_panic()),
        }
    }

    fn check(&self, call: Call, error: &Error, effects: usize) {
        assert!(effects <= 1, "{effects} effects: {error}");
        assert!(
            effects == 0 || error.maybe_executed(),
            "a lost effect: {error}"
        );
        let has_key = error.idempotency_key().is_some();
        assert_eq!(has_key, call.post("").is_some(), "{error}");
        // A wait that runs out of time tells of the last response that was whole.
        if call != Call::Refresh || !error.is_timeout() {
            let sent = self.world.last_sent();
            assert_eq!(error.status(), sent.status, "{error}");
            assert_eq!(error.body(), sent.body, "{error}");
        }
    }

    /// The server is well again, and so is the next request.
    pub(crate) async fn recovers(&self) {
        self.world.play([]);
        let call = Call::Retrieve.make(self.client.clone(), "fca_after".to_owned());
        if let Err(error) = self.drive(call).await {
            panic!("the server is well, and the next request fails: {error:?}");
        }
    }
}
