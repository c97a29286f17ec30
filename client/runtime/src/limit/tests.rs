//! The limits, in a time that goes by as fast as it is waited for.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use tokio::task::JoinSet;

use super::{Lane, Limiter};
use crate::system::{Clock, SystemClock};

fn paused<T>(work: impl Future<Output = T>) -> T {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_time().start_paused(true).build().unwrap();
    runtime.block_on(work)
}

/// What is waited for is waited for through the clock.
async fn sleep(duration: Duration) {
    SystemClock.sleep(duration).await;
}

const fn milliseconds(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// A request: when it comes, how long it is under way, and after what time of waiting it is dropped.
#[derive(Clone, Debug)]
struct Request {
    comes: u64,
    takes: u64,
    patience: Option<u64>,
}

fn requests() -> impl Strategy<Value = Vec<Request>> {
    let request = (
        0..3_000_u64,
        0..400_u64,
        prop::option::weighted(0.3, 0..2_000_u64),
    );
    let request = request.prop_map(|(comes, takes, patience)| Request {
        comes,
        takes,
        patience,
    });
    prop::collection::vec(request, 1..60)
}

/// Sends them, and gives the number, the beginning and the end of those that were not dropped.
async fn send(limiter: Arc<Limiter>, requests: Vec<Request>) -> Vec<(usize, Duration, Duration)> {
    let start = SystemClock.now();
    let log = Arc::new(Mutex::new(Vec::new()));
    let mut tasks = JoinSet::new();
    for (number, request) in requests.into_iter().enumerate() {
        let (limiter, log) = (Arc::clone(&limiter), Arc::clone(&log));
        tasks.spawn(async move {
            sleep(milliseconds(request.comes)).await;
            let work = limiter.slot(Lane::Async, &SystemClock);
            let slot = match request.patience {
                None => work.await,
                Some(patience) => match tokio::time::timeout(milliseconds(patience), work).await {
                    Ok(slot) => slot,
                    Err(_) => return,
                },
            };
            let begun = SystemClock.now() - start;
            sleep(milliseconds(request.takes)).await;
            drop(slot);
            let ended = SystemClock.now() - start;
            log.lock().unwrap().push((number, begun, ended));
        });
    }
    while let Some(task) = tasks.join_next().await {
        task.unwrap();
    }
    let mut log = log.lock().unwrap().clone();
    log.sort_by_key(|(_, begun, _)| *begun);
    log
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn never_more_than_the_limits_and_nobody_is_forgotten(
        requests in requests(), in_flight in 1..8_usize, per_second in 1..60_u32,
    ) {
        let limiter = Limiter::new(Some(in_flight), Some(per_second.into()));
        let log = paused(send(Arc::new(limiter), requests.clone()));
        let patient = requests.iter().filter(|it| it.patience.is_none()).count();
        prop_assert!(log.len() >= patient);
        for (_, begun, _) in &log {
            let at_once = log.iter().filter(|(_, from, to)| from <= begun && begun < to).count();
            prop_assert!(at_once <= in_flight, "{at_once} at once");
            let second = *begun + Duration::from_secs(1);
            let in_second = log.iter().filter(|(_, from, _)| (*begun..second).contains(from)).count();
            // What is made up for is one of twenty, and two may be at the ends.
            prop_assert!(in_second as f64 <= f64::from(per_second) * 1.05 + 2.0, "{in_second}");
        }
    }

    /// Of those that do not give up, whoever comes first is served first, whoever else gives up.
    #[test]
    fn first_come_first_served(requests in requests(), in_flight in 1..4_usize) {
        let limiter = Limiter::new(Some(in_flight), Some(20.0));
        let log = paused(send(Arc::new(limiter), requests.clone()));
        let came: Vec<_> = log.iter().map(|(number, ..)| requests[*number].comes).collect();
        prop_assert!(came.is_sorted(), "{came:?}");
    }

    /// Those that are dropped while they wait cost the others nothing.
    #[test]
    fn what_is_dropped_takes_nothing(dropped in 0..200_usize, patience in 0..900_u64) {
        let impatient = Request { comes: 0, takes: 0, patience: Some(patience) };
        let patient = Request { comes: 1, takes: 0, patience: None };
        let mut requests = vec![impatient; dropped];
        requests.extend(vec![patient; 20]);
        let limiter = Limiter::new(None, Some(10.0));
        let log = paused(send(Arc::new(limiter), requests));
        let (_, last, _) = log[log.len() - 1];
        // One a tenth of a second, as long as somebody waits; and the timer's millisecond for each.
        let most = milliseconds(patience + 20 * 100 + 2 * log.len() as u64 + 100);
        prop_assert!(last <= most, "{last:?} {most:?}");
    }
}

/// A server that takes so many in each second, and refuses the rest.
struct Server {
    limit: u32,
    second: u64,
    count: u32,
    refused: u32,
    start: Instant,
}

impl Server {
    fn new(limit: u32) -> Self {
        Self {
            limit,
            second: 0,
            count: 0,
            refused: 0,
            start: SystemClock.now(),
        }
    }

    fn takes(&mut self) -> bool {
        let second = (SystemClock.now() - self.start).as_secs();
        if second != self.second {
            (self.second, self.count) = (second, 0);
        }
        self.count += 1;
        self.refused += u32::from(self.count > self.limit);
        self.count <= self.limit
    }
}

/// Sends for so many seconds, and gives how many were taken.
async fn load(limiter: &Limiter, server: &Mutex<Server>, seconds: u64) -> u32 {
    let end = SystemClock.now() + Duration::from_secs(seconds);
    let mut taken = 0;
    while SystemClock.now() < end {
        let slot = limiter.slot(Lane::Async, &SystemClock).await;
        let is_taken = server.lock().unwrap().takes();
        match is_taken {
            true => slot.taken(SystemClock.now()),
            false => slot.refused(SystemClock.now()),
        }
        taken += u32::from(is_taken);
    }
    taken
}

#[test]
fn the_rate_comes_down_and_recovers() {
    paused(async {
        let limiter = Limiter::new(None, Some(100.0));
        let server = Mutex::new(Server::new(20));
        let taken = load(&limiter, &server, 60).await;
        let refused = server.lock().unwrap().refused;
        assert!(
            taken >= 60 * 20 * 9 / 10,
            "{taken} taken, {refused} refused"
        );
        assert!(refused < taken / 6, "{taken} taken, {refused} refused");
        assert!(limiter.current_rate() < 40.0, "{}", limiter.current_rate());
        // The server is well again.
        server.lock().unwrap().limit = 1_000;
        load(&limiter, &server, 30).await;
        assert!((limiter.current_rate() - 100.0).abs() < 1e-9);
        assert_eq!(server.lock().unwrap().refused, refused);
    });
}

#[test]
fn a_rate_that_is_not_too_high_stays() {
    paused(async {
        let limiter = Limiter::new(None, Some(20.0));
        let server = Mutex::new(Server::new(25));
        let taken = load(&limiter, &server, 60).await;
        assert!((1_190..=1_202).contains(&taken), "{taken}");
        assert_eq!(server.lock().unwrap().refused, 0);
    });
}

/// Two clients that know nothing of each other, at a server whose limit is one for both.
#[test]
fn clients_that_share_a_servers_limit_share_it_evenly() {
    paused(async {
        let limiters = [(); 2].map(|()| Limiter::new(None, Some(25.0)));
        let server = Mutex::new(Server::new(25));
        let (one, other) = tokio::join!(
            load(&limiters[0], &server, 120),
            load(&limiters[1], &server, 120)
        );
        let refused = server.lock().unwrap().refused;
        let taken = one + other;
        assert!(taken >= 120 * 25 * 9 / 10, "{one} {other} {refused}");
        assert!(
            one.min(other) * 2 >= one.max(other),
            "{one} {other} {refused}"
        );
        assert!(refused < taken / 5, "{one} {other} {refused}");
    });
}

/// Many refusals at once are one piece of news.
#[test]
fn refusals_of_one_moment_count_once() {
    paused(async {
        let limiter = Limiter::new(None, Some(1_000.0));
        let mut slots = Vec::new();
        for _ in 0..50 {
            slots.push(limiter.slot(Lane::Async, &SystemClock).await);
        }
        sleep(milliseconds(10)).await;
        slots
            .iter()
            .for_each(|slot| slot.refused(SystemClock.now()));
        assert!((limiter.current_rate() - 700.0).abs() < 1e-9);
        // However often it is refused, it goes on.
        for _ in 0..60 {
            sleep(Duration::from_secs(1)).await;
            let slot = limiter.slot(Lane::Async, &SystemClock).await;
            slot.refused(SystemClock.now());
        }
        assert!((limiter.current_rate() - 0.5).abs() < 1e-9);
    });
}

/// A task that waits holds nothing that a blocked thread needs.
#[cfg(feature = "blocking")]
#[test]
fn blocking_requests_do_not_wait_for_tasks() {
    paused(async {
        let limiter = Limiter::new(Some(1), Some(100.0));
        let _under_way = limiter.slot(Lane::Async, &SystemClock).await;
        let mut waiting = Box::pin(limiter.slot(Lane::Async, &SystemClock));
        assert!(futures_poll(&mut waiting).await.is_none());
        limiter.slot(Lane::Blocking, &SystemClock).await;
    });
}

#[cfg(feature = "blocking")]
async fn futures_poll<T>(future: &mut (impl Future<Output = T> + Unpin)) -> Option<T> {
    std::future::poll_fn(|context| {
        std::task::Poll::Ready(match std::pin::Pin::new(&mut *future).poll(context) {
            std::task::Poll::Ready(value) => Some(value),
            std::task::Poll::Pending => None,
        })
    })
    .await
}

#[test]
fn without_limits_nothing_waits() {
    paused(async {
        let limiter = Limiter::new(None, None);
        let start = SystemClock.now();
        let mut slots = Vec::new();
        for _ in 0..10_000 {
            slots.push(limiter.slot(Lane::Async, &SystemClock).await);
        }
        assert_eq!(SystemClock.now(), start);
    });
}

#[test]
fn no_number_is_too_large_or_too_small() {
    paused(async {
        for per_second in [1e-300, 1e300, f64::MIN_POSITIVE, f64::MAX] {
            let limiter = Limiter::new(Some(usize::MAX), Some(per_second));
            let slot = limiter.slot(Lane::Async, &SystemClock).await;
            slot.refused(SystemClock.now());
            slot.taken(SystemClock.now());
            assert!(limiter.current_rate() > 0.0);
        }
    });
}
