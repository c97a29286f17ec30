//! A server that answers from a script: which answers, with which faults, is data.
//!
//! It speaks HTTP/1.1 over a bare socket, since half of what it has to do (cutting an answer short,
//! resetting a connection) no HTTP library would let it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use stripe_financial_connections::{Client, ClientBuilder, Clock, SecretKey};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::clock::TestClock;
use super::reply::{Cut, Framing, Reply};

pub(crate) const KEY: &str = "sk_test_scripted";

/// A request as the server saw it.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: String,
    /// Path and query, as sent.
    pub(crate) target: String,
    /// Lower-case names.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    pub(crate) fn idempotency_key(&self) -> Option<&str> {
        self.header("idempotency-key")
    }

    /// The value of a query parameter, for keys and values that need no decoding.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        let (_, query) = self.target.split_once('?')?;
        query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find_map(|(key, value)| (key == name).then_some(value))
    }
}

/// Decides on the answer to the request with this number.
type Play = Box<dyn FnMut(usize, &Seen) -> Reply + Send>;

struct State {
    play: Mutex<Play>,
    seen: Mutex<Vec<Seen>>,
    connections: AtomicUsize,
    ended: AtomicUsize,
    /// Whether a connection that is used again is reset.
    once_a_connection: AtomicBool,
    clock: TestClock,
}

/// The server; dropping it stops it.
pub(crate) struct ScriptServer {
    address: SocketAddr,
    state: Arc<State>,
    task: JoinHandle<()>,
}

impl ScriptServer {
    /// Answers with each reply in turn, and then with the last one for ever.
    pub(crate) async fn replies(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies: Vec<Reply> = replies.into_iter().collect();
        Self::play(move |number, _| replies[number.min(replies.len() - 1)].clone()).await
    }

    /// Answers as the function says.
    pub(crate) async fn play(play: impl FnMut(usize, &Seen) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(State {
            play: Mutex::new(Box::new(play)),
            seen: Mutex::default(),
            connections: AtomicUsize::new(0),
            ended: AtomicUsize::new(0),
            once_a_connection: AtomicBool::new(false),
            clock: TestClock::new(),
        });
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                shared.connections.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Self {
            address,
            state,
            task,
        }
    }

    /// Resets each connection when a second request comes on it, before it is answered.
    pub(crate) fn once_a_connection(self) -> Self {
        self.state.once_a_connection.store(true, Ordering::Relaxed);
        self
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A client of this server, with the server's clock.
    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder(SecretKey::new(KEY).unwrap())
            .base_url(self.url())
            .clock(self.clock())
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    /// The clock by which replies are late.
    pub(crate) fn clock(&self) -> TestClock {
        self.state.clock.clone()
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.state.seen.lock().unwrap().clone()
    }

    pub(crate) fn requests(&self) -> usize {
        self.state.seen.lock().unwrap().len()
    }

    /// Connections that a fault has ended, on either side.
    pub(crate) fn ended(&self) -> usize {
        self.state.ended.load(Ordering::Relaxed)
    }

    pub(crate) fn connections(&self) -> usize {
        self.state.connections.load(Ordering::Relaxed)
    }
}

impl Drop for ScriptServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Lets everything else run until `done`, or until nothing more is to be expected.
pub(crate) async fn settle(done: impl Fn() -> bool) -> bool {
    // Loopback needs no time, only turns.
    for _ in 0..20_000 {
        if done() {
            return true;
        }
        tokio::task::yield_now().await;
    }
    false
}

/// Lets everything else run for a while.
async fn turns(turns: usize) {
    for _ in 0..turns {
        tokio::task::yield_now().await;
    }
}

/// One connection: request after request, until a fault or the client ends it.
async fn serve(mut stream: TcpStream, state: Arc<State>) {
    let mut buffer = Vec::new();
    let mut is_used = false;
    while let Some(seen) = read_request(&mut stream, &mut buffer).await {
        if is_used && state.once_a_connection.load(Ordering::Relaxed) {
            stream.set_zero_linger().unwrap();
            state.ended.fetch_add(1, Ordering::Relaxed);
            return;
        }
        is_used = true;
        let number = {
            let mut all = state.seen.lock().unwrap();
            all.push(seen.clone());
            all.len() - 1
        };
        let reply = (state.play.lock().unwrap())(number, &seen);
        state.clock.advance(reply.delay);
        let answer_at = state.clock.now() + reply.wait;
        state.clock.until(answer_at).await;
        if !write_reply(&mut stream, &reply, &state.clock).await {
            state.ended.fetch_add(1, Ordering::Relaxed);
            return;
        }
    }
}

/// Reads a request to its end; `None` when the connection ends before.
async fn read_request(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Seen> {
    let head = loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            let rest = buffer.split_off(end + 4);
            break String::from_utf8(std::mem::replace(buffer, rest)).unwrap();
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    };
    let mut lines = head.lines();
    let mut request = lines.next()?.split(' ');
    let (method, target) = (request.next()?.to_owned(), request.next()?.to_owned());
    let headers: BTreeMap<String, String> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length: usize = headers
        .get("content-length")
        .map_or(0, |length| length.parse().unwrap());
    while buffer.len() < length {
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
    let rest = buffer.split_off(length);
    let body = String::from_utf8(std::mem::replace(buffer, rest)).unwrap();
    Some(Seen {
        method,
        target,
        headers,
        body,
    })
}

/// Writes as much of the reply as it says. Whether the connection goes on.
async fn write_reply(stream: &mut TcpStream, reply: &Reply, clock: &TestClock) -> bool {
    let whole = reply.bytes();
    let head = whole.len() - reply.body.len();
    let part = match reply.cut {
        Cut::Nowhere | Cut::AfterBody => &whole[..],
        Cut::BeforeAnswer | Cut::Silent | Cut::Informed => &[],
        Cut::WithinHead => &whole[..head / 2],
        Cut::BeforeBody => &whole[..head],
        Cut::WithinBody | Cut::StuckInBody => &whole[..head + reply.body.len() / 2],
    };
    // The client may be gone already, when its time-out came first.
    // An answer in one piece is one segment, which the network does not delay.
    let start = if reply.pieces > 1 {
        part.len().min(head)
    } else {
        part.len()
    };
    let (start, rest) = part.split_at(start);
    if stream.write_all(start).await.is_err() {
        return false;
    }
    for piece in rest.chunks(rest.len().div_ceil(reply.pieces).max(1)) {
        if stream.write_all(piece).await.is_err() {
            return false;
        }
        if reply.pieces > 1 {
            turns(200).await;
        }
    }
    match reply.cut {
        Cut::Nowhere if reply.framing == Framing::Length => true,
        Cut::Informed => {
            // Until the client gives up.
            while stream
                .write_all(b"HTTP/1.1 103 Early Hints\r\n\r\n")
                .await
                .is_ok()
            {
                tokio::task::yield_now().await;
            }
            false
        }
        Cut::Silent => {
            // Until the client gives up.
            let _ = stream.read(&mut [0]).await;
            false
        }
        Cut::StuckInBody => {
            // Once the client has read what there is, time passes.
            settle(|| false).await;
            clock.advance(Duration::from_secs(24 * 60 * 60));
            let _ = stream.read(&mut [0]).await;
            false
        }
        Cut::BeforeAnswer => {
            // A reset rather than an orderly end.
            stream.set_zero_linger().unwrap();
            false
        }
        _ => {
            let _ = stream.shutdown().await;
            false
        }
    }
}
