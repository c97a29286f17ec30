//! HTTP/2.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use h2::server::SendResponse;
use h2::{Reason, SendStream};
use http::Request;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio_rustls::server::TlsStream;

use super::act::Act;
use super::api::{Asked, Response};
use super::wire::{Fate, Wire};
use super::world::{World, turns};

/// How long there is time for what was written to be read.
const TURNS: usize = 200;

/// What a request does to its connection.
enum Command {
    Silence,
    Reset,
    Close,
    /// Together with the stream, which is not to be reset before.
    GoAway(SendResponse<Bytes>),
}

/// One connection: requests, until an act or the client ends it.
pub(crate) async fn serve(stream: TlsStream<Wire>, fate: &Fate, world: &Arc<World>) {
    let Ok(mut connection) = h2::server::handshake(stream).await else {
        return;
    };
    let (commands, mut orders) = unbounded_channel();
    let mut stuck = None;
    let mut going = None;
    let mut is_reused = false;
    loop {
        tokio::select! {
            request = connection.accept() => {
                let Some(Ok((request, respond))) = request else { return };
                let (world, commands) = (Arc::clone(world), commands.clone());
                tokio::spawn(handle(request, respond, world, commands, is_reused));
                is_reused = true;
            }
            Some(command) = orders.recv() => match command {
                Command::Silence => {
                    fate.silence();
                    stuck = stuck.or_else(|| Some(world.stuck()));
                }
                Command::Reset => return fate.reset(),
                Command::Close => return,
                Command::GoAway(respond) => {
                    going = going.or(Some(respond));
                    connection.abrupt_shutdown(Reason::NO_ERROR);
                }
            },
        }
    }
}

async fn handle(
    request: Request<h2::RecvStream>,
    mut respond: SendResponse<Bytes>,
    world: Arc<World>,
    commands: UnboundedSender<Command>,
    is_reused: bool,
) {
    let (head, mut body) = request.into_parts();
    while let Some(Ok(data)) = body.data().await {
        let _ = body.flow_control().release_capacity(data.len());
    }
    let target = head.uri.path_and_query().unwrap().to_string();
    let key = head.headers.get("idempotency-key");
    let asked = Asked {
        target,
        key: key.map(|key| key.to_str().unwrap().to_owned()),
    };
    let (act, response) = world.receive(&asked, is_reused);
    let half = response.body.len() / 2;
    let order = |command| drop(commands.send(command));
    match act {
        Act::Silent { .. } => {
            order(Command::Silence);
            reset(&mut respond).await;
        }
        Act::Stall { .. } => {
            let _stuck = world.stuck();
            reset(&mut respond).await;
        }
        Act::SilentInBody | Act::StallInBody => {
            let Some(mut stream) = begin(&mut respond, &response, true) else {
                return;
            };
            send(&mut stream, &world, &response, 0..half).await;
            if act == Act::SilentInBody {
                order(Command::Silence);
            }
            let _stuck = world.stuck();
            let _ = poll_fn(|context| stream.poll_reset(context)).await;
        }
        Act::Reset { .. } => order(Command::Reset),
        Act::Close { .. } | Act::CloseIfReused => order(Command::Close),
        Act::GoAway { .. } => order(Command::GoAway(respond)),
        Act::ResetStream { code, .. } => respond.send_reset(Reason::from(code)),
        Act::CutBody | Act::EndEarly => {
            let Some(mut stream) = begin(&mut respond, &response, act == Act::CutBody) else {
                return;
            };
            send(&mut stream, &world, &response, 0..half).await;
            match act {
                Act::CutBody => order(Command::Close),
                _ => stream.send_reset(Reason::NO_ERROR),
            }
        }
        Act::Informed => inform(&mut respond, &world).await,
        Act::Pieces => {
            let Some(mut stream) = begin(&mut respond, &response, true) else {
                return;
            };
            let length = response.body.len();
            for begin in (0..length).step_by(length / 7) {
                world.clock.advance(Duration::from_secs(2));
                send(
                    &mut stream,
                    &world,
                    &response,
                    begin..(begin + length / 7).min(length),
                )
                .await;
            }
        }
        Act::InformedFirst
        | Act::CloseAfter
        | Act::CloseDelimited
        | Act::Answer
        | Act::Status { .. }
        | Act::Replayed
        | Act::Limited { .. }
        | Act::OldReplica => {
            if act == Act::InformedFirst {
                (0..3).for_each(|_| drop(respond.send_informational(early_hints())));
            }
            let has_length = act != Act::CloseDelimited;
            let Some(mut stream) = begin(&mut respond, &response, has_length) else {
                return;
            };
            send(&mut stream, &world, &response, 0..response.body.len()).await;
            if act == Act::CloseAfter {
                order(Command::Close);
            }
        }
    }
}

/// Sends the head.
fn begin(
    respond: &mut SendResponse<Bytes>,
    response: &Response,
    has_length: bool,
) -> Option<SendStream<Bytes>> {
    let mut head = http::Response::builder().status(response.status);
    for (name, value) in &response.headers {
        head = head.header(*name, value);
    }
    if has_length {
        head = head.header("content-length", response.body.len());
    }
    respond.send_response(head.body(()).unwrap(), false).ok()
}

/// Sends a part of the body, the last part as the last, and gives it time to be read.
async fn send(
    stream: &mut SendStream<Bytes>,
    world: &World,
    response: &Response,
    part: std::ops::Range<usize>,
) {
    let is_last = part.end == response.body.len();
    let data = Bytes::copy_from_slice(&response.body[part.clone()]);
    if stream.send_data(data, is_last).is_ok() {
        world.sent(response, part.end);
    }
    turns(TURNS).await;
}

/// Informs until the client gives up.
async fn inform(respond: &mut SendResponse<Bytes>, world: &Arc<World>) {
    let _stuck = world.stuck();
    loop {
        let is_reset = poll_fn(|context| Poll::Ready(respond.poll_reset(context).is_ready())).await;
        if is_reset || respond.send_informational(early_hints()).is_err() {
            return;
        }
        turns(1).await;
    }
}

fn early_hints() -> http::Response<()> {
    let head = http::Response::builder().status(103).header("link", "</x>");
    head.body(()).unwrap()
}

async fn reset(respond: &mut SendResponse<Bytes>) {
    let _ = poll_fn(|context| respond.poll_reset(context)).await;
}
