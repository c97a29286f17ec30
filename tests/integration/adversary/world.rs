//! The server's side of a scenario: its script, its knowledge and its clock.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use super::act::Act;
use super::api::{Api, Asked, Response};
use super::clock::TestClock;

/// What has been sent of a response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) status: Option<u16>,
    pub(crate) body: Vec<u8>,
}

pub(crate) struct World {
    pub(crate) clock: TestClock,
    /// What is done with the next requests. When it is empty, the server is well.
    script: Mutex<VecDeque<Act>>,
    api: Mutex<Api>,
    /// What has been sent of the response to the last request.
    last: Mutex<Sent>,
    requests: AtomicUsize,
    stuck: AtomicUsize,
    open: AtomicUsize,
}

impl World {
    pub(crate) fn new(script: impl IntoIterator<Item = Act>) -> Arc<Self> {
        Arc::new(Self {
            clock: TestClock::new(),
            script: Mutex::new(script.into_iter().collect()),
            api: Mutex::default(),
            last: Mutex::default(),
            requests: AtomicUsize::new(0),
            stuck: AtomicUsize::new(0),
            open: AtomicUsize::new(0),
        })
    }

    /// What is done with a request, and the response.
    pub(crate) fn receive(&self, asked: &Asked, is_reused: bool) -> (Act, Response) {
        self.requests.fetch_add(1, Ordering::Relaxed);
        *self.last.lock().unwrap() = Sent::default();
        let act = match self.script.lock().unwrap().pop_front() {
            None => Act::Answer,
            Some(Act::CloseIfReused) if !is_reused => Act::Answer,
            Some(act) => act,
        };
        (act, self.api.lock().unwrap().answer(asked, act))
    }

    /// Replaces what is left of the script.
    pub(crate) fn play(&self, script: impl IntoIterator<Item = Act>) {
        *self.script.lock().unwrap() = script.into_iter().collect();
    }

    pub(crate) fn sent(&self, response: &Response, bytes: usize) {
        *self.last.lock().unwrap() = Sent {
            status: Some(response.status),
            body: response.body[..bytes].to_vec(),
        };
    }

    pub(crate) fn last_sent(&self) -> Sent {
        self.last.lock().unwrap().clone()
    }

    pub(crate) fn effects(&self, path: &str) -> usize {
        self.api.lock().unwrap().effects(path)
    }

    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::Relaxed)
    }

    /// Whether anything waits for the clock.
    pub(crate) fn is_stuck(&self) -> bool {
        self.stuck.load(Ordering::Relaxed) > 0
    }

    /// How many connections are open.
    pub(crate) fn open(&self) -> usize {
        self.open.load(Ordering::Relaxed)
    }

    /// Something waits for the clock until this is dropped.
    pub(crate) fn stuck(self: &Arc<Self>) -> Counted {
        Counted::new(self, |world| &world.stuck)
    }

    /// A connection is open until this is dropped.
    pub(crate) fn connected(self: &Arc<Self>) -> Counted {
        Counted::new(self, |world| &world.open)
    }
}

/// Counts as one until it is dropped.
pub(crate) struct Counted {
    world: Arc<World>,
    count: fn(&World) -> &AtomicUsize,
}

impl Counted {
    fn new(world: &Arc<World>, count: fn(&World) -> &AtomicUsize) -> Self {
        count(world).fetch_add(1, Ordering::Relaxed);
        Self {
            world: Arc::clone(world),
            count,
        }
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        (self.count)(&self.world).fetch_sub(1, Ordering::Relaxed);
    }
}

/// Lets everything else run for a while.
pub(crate) async fn turns(turns: usize) {
    for _ in 0..turns {
        tokio::task::yield_now().await;
    }
}
