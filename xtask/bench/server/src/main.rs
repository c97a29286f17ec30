//! Stands in for the API where its cost must not count: every answer is prepared as bytes, and a
//! connection is a thread that reads a request and writes the answer.
//!
//! `/{accounts}/{milliseconds}/v1/…` asks for a list of that many accounts, each page of which takes
//! that long; without the two numbers there are 20,000 accounts, at once.

use std::io::{Read, Result, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

const ACCOUNT: &str = include_str!("../../account.json");
/// What stands in the account's id for its number.
const NUMBER: &str = "XXXXX";
const PAGE: usize = 100;
const ACCOUNTS: usize = 20_000;

struct Answers {
    account: Vec<u8>,
    /// Pages that are not the last.
    pages: Vec<Vec<u8>>,
}

fn main() -> Result<()> {
    let answers = Arc::new(Answers {
        account: answer(&account(0)),
        pages: (0..ACCOUNTS / PAGE)
            .map(|index| page(index, true))
            .collect(),
    });
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("http://{}", listener.local_addr()?);
    for stream in listener.incoming() {
        let (stream, answers) = (stream?, Arc::clone(&answers));
        // A client that leaves ends its thread, and nothing else.
        thread::spawn(move || serve(stream, &answers));
    }
    Ok(())
}

fn account(number: usize) -> String {
    ACCOUNT.trim_end().replace(NUMBER, &format!("{number:05}"))
}

fn page(index: usize, has_more: bool) -> Vec<u8> {
    let accounts: Vec<_> = (index * PAGE..(index + 1) * PAGE).map(account).collect();
    let data = accounts.join(",");
    answer(&format!(
        r#"{{"object":"list","data":[{data}],"has_more":{has_more},"url":"/v1/financial_connections/accounts"}}"#
    ))
}

/// The head is as long as the vendor's, so that reading it costs what it does there.
fn answer(body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\n\
         Server: nginx\r\n\
         Date: Mon, 23 Nov 2026 03:00:00 GMT\r\n\
         Content-Type: application/json\r\n\
         Content-Length: {length}\r\n\
         Connection: keep-alive\r\n\
         Access-Control-Allow-Methods: GET, HEAD, PUT, PATCH, POST, DELETE\r\n\
         Cache-Control: no-cache, no-store\r\n\
         Request-Id: req_00000000000001\r\n\
         Stripe-Version: 2026-09-30.endive\r\n\
         Vary: Origin\r\n\
         Strict-Transport-Security: max-age=63072000; includeSubDomains; preload\r\n\
         \r\n{body}"
    )
    .into_bytes()
}

fn serve(mut stream: TcpStream, answers: &Answers) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = Vec::with_capacity(4096);
    loop {
        let Some(target) = request(&mut stream, &mut buffer)? else {
            return Ok(());
        };
        let Some((root, list)) = target.split_once("/v1/financial_connections/accounts?") else {
            stream.write_all(&answers.account)?;
            continue;
        };
        let mut numbers = root
            .split('/')
            .filter_map(|part| part.parse::<usize>().ok());
        let accounts = numbers.next().unwrap_or(ACCOUNTS);
        if let Some(milliseconds @ 1..) = numbers.next() {
            thread::sleep(Duration::from_millis(milliseconds as u64));
        }
        let index = next_page(list);
        if (index + 1) * PAGE < accounts {
            stream.write_all(&answers.pages[index])?;
        } else {
            stream.write_all(&page(index, false))?;
        }
    }
}

/// The page after the account named in the query.
fn next_page(query: &str) -> usize {
    let cursor = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("starting_after="));
    let digits = cursor.and_then(|cursor| cursor.get(cursor.len() - NUMBER.len()..));
    digits.map_or(0, |digits| {
        digits.parse::<usize>().unwrap_or_default() / PAGE + 1
    })
}

/// Reads a request to the end of its body, and gives its target; `None` when the client has left.
fn request(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Result<Option<String>> {
    buffer.clear();
    let mut chunk = [0; 4096];
    loop {
        let read = stream.read(&mut chunk)?;
        if read == 0 {
            return Ok(None);
        }
        buffer.extend_from_slice(&chunk[..read]);
        let Some(head) = buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n") else {
            continue;
        };
        let text = String::from_utf8_lossy(&buffer[..head]).to_ascii_lowercase();
        let length = text
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        let length = length.map_or(0, |length| length.parse().unwrap_or_default());
        if buffer.len() >= head + 4 + length {
            let line = buffer
                .split(|byte| *byte == b'\r')
                .next()
                .unwrap_or_default();
            let target = line.split(|byte| *byte == b' ').nth(1).unwrap_or_default();
            return Ok(Some(String::from_utf8_lossy(target).into_owned()));
        }
    }
}
