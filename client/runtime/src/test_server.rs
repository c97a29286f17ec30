//! A server for the unit tests, which answers each connection with one response.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::{JoinHandle, spawn};

use crate::client::Client;
use crate::options::SecretKey;

/// A client, and a server that answers its connections with these bodies and gives back the
/// requests.
pub(crate) fn serve(bodies: Vec<&'static str>) -> (Client, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let requests = spawn(move || {
        bodies
            .iter()
            .map(|body| {
                let (mut stream, _) = listener.accept().unwrap();
                let mut text = vec![0; 4096];
                let read = stream.read(&mut text).unwrap();
                let head = "HTTP/1.1 200 OK\r\nconnection: close\r\nrequest-id: req_1\r\n";
                write!(stream, "{head}content-length: {}\r\n\r\n{body}", body.len()).unwrap();
                String::from_utf8(text[..read].to_vec()).unwrap()
            })
            .collect()
    });
    let client = Client::builder(SecretKey::new("sk_test_1").unwrap())
        .base_url(format!("http://{address}"))
        .build()
        .unwrap();
    (client, requests)
}
