//! HTTP/1.1, by hand: no library misbehaves as is wanted here.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::server::TlsStream;

use super::act::Act;
use super::api::{Asked, Response};
use super::wire::{Fate, Wire};
use super::world::{World, turns};

type Stream = TlsStream<Wire>;

/// How long there is time for what was written to be read.
const TURNS: usize = 200;

/// One connection: request after request, until an act or the client ends it.
pub(crate) async fn serve(mut stream: Stream, fate: &Fate, world: &Arc<World>) {
    let mut buffer = Vec::new();
    let mut is_reused = false;
    while let Some(asked) = read(&mut stream, &mut buffer).await {
        let (act, response) = world.receive(&asked, is_reused);
        is_reused = true;
        if !matches!(
            play(&mut stream, fate, world, act, &response).await,
            Ok(true)
        ) {
            return;
        }
    }
}

/// Does what the act says; whether the connection goes on.
async fn play(
    stream: &mut Stream,
    fate: &Fate,
    world: &Arc<World>,
    act: Act,
    response: &Response,
) -> io::Result<bool> {
    let half = response.body.len() / 2;
    match act {
        Act::Silent { .. } | Act::Stall { .. } => {}
        Act::SilentInBody | Act::StallInBody => {
            write(stream, world, response, true, half).await?;
            turns(TURNS).await;
        }
        Act::Reset { .. } | Act::ResetStream { .. } => {
            fate.reset();
            return Ok(false);
        }
        Act::Close { .. } | Act::CloseIfReused | Act::GoAway { .. } => return Ok(false),
        Act::CutBody => {
            write(stream, world, response, true, half).await?;
            turns(TURNS).await;
            return Ok(false);
        }
        Act::CloseAfter => {
            write(stream, world, response, true, response.body.len()).await?;
            turns(TURNS).await;
            return Ok(false);
        }
        Act::EndEarly | Act::CloseDelimited => {
            let bytes = if act == Act::EndEarly {
                half
            } else {
                response.body.len()
            };
            write(stream, world, response, false, bytes).await?;
            stream.shutdown().await?;
            return Ok(false);
        }
        Act::Informed => {
            let _stuck = world.stuck();
            loop {
                stream.write_all(INFORMATIONAL).await?;
                stream.flush().await?;
                turns(1).await;
            }
        }
        Act::Pieces => {
            write(stream, world, response, true, 0).await?;
            for (index, piece) in response.body.chunks(response.body.len() / 7).enumerate() {
                turns(TURNS / 4).await;
                world.clock.advance(Duration::from_secs(2));
                stream.write_all(piece).await?;
                stream.flush().await?;
                let end = (index + 1) * (response.body.len() / 7);
                world.sent(response, end.min(response.body.len()));
            }
            return Ok(true);
        }
        Act::InformedFirst => {
            stream.write_all(&INFORMATIONAL.repeat(3)).await?;
            write(stream, world, response, true, response.body.len()).await?;
            return Ok(true);
        }
        Act::Answer
        | Act::Status { .. }
        | Act::Replayed
        | Act::Limited { .. }
        | Act::OldReplica => {
            write(stream, world, response, true, response.body.len()).await?;
            return Ok(true);
        }
    }
    let _stuck = world.stuck();
    if matches!(act, Act::Silent { .. } | Act::SilentInBody) {
        fate.silence();
    }
    // Until the client gives up.
    while stream.read(&mut [0; 1024]).await? > 0 {}
    Ok(false)
}

const INFORMATIONAL: &[u8] = b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n";

/// Writes the head, with or without a length, and so many bytes of the body.
async fn write(
    stream: &mut Stream,
    world: &World,
    response: &Response,
    has_length: bool,
    bytes: usize,
) -> io::Result<()> {
    let mut head = format!("HTTP/1.1 {} Scripted\r\n", response.status);
    for (name, value) in &response.headers {
        head += &format!("{name}: {value}\r\n");
    }
    if has_length {
        head += &format!("content-length: {}\r\n", response.body.len());
    }
    head += "\r\n";
    world.sent(response, bytes);
    stream
        .write_all(&[head.as_bytes(), &response.body[..bytes]].concat())
        .await?;
    stream.flush().await
}

/// Reads a request to its end; `None` when the connection ends before.
async fn read(stream: &mut Stream, buffer: &mut Vec<u8>) -> Option<Asked> {
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
    let target = request.nth(1)?.to_owned();
    let (mut key, mut length) = (None, 0);
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        match name.to_ascii_lowercase().as_str() {
            "idempotency-key" => key = Some(value.to_owned()),
            "content-length" => length = value.parse().unwrap(),
            _ => {}
        }
    }
    while buffer.len() < length {
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
    buffer.drain(..length);
    Some(Asked { target, key })
}
