//! Sending: the smallest HTTP client that a webhook on the loopback address needs.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::queue::Parcel;

/// Host with port, and path, of a URL that can be delivered to.
pub(crate) fn target(url: &str) -> Option<(&str, &str)> {
    let rest = url.strip_prefix("http://")?;
    let (host, path) = match rest.find('/') {
        Some(at) => rest.split_at(at),
        None => (rest, "/"),
    };
    let port = host.rsplit_once(':')?.1;
    port.parse::<u16>().ok().map(|_| (host, path))
}

/// Sends an event and reads the status of the response.
pub(crate) async fn post(parcel: &Parcel) -> io::Result<u16> {
    let invalid = || io::Error::from(io::ErrorKind::InvalidData);
    let (host, path) = target(&parcel.url).ok_or_else(invalid)?;
    let mut stream = TcpStream::connect(host).await?;
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\
         user-agent: Stripe/1.0 (+https://stripe.com/docs/webhooks)\r\n\
         content-type: application/json; charset=utf-8\r\n\
         stripe-signature: {}\r\ncontent-length: {}\r\n\r\n{}",
        parcel.signature,
        parcel.body.len(),
        parcel.body
    );
    stream.write_all(request.as_bytes()).await?;
    // The status line is all that counts: `HTTP/1.1 200`.
    let mut start = [0; 12];
    stream.read_exact(&mut start).await?;
    let status = start.get(9..).ok_or_else(invalid)?;
    std::str::from_utf8(status)
        .ok()
        .and_then(|status| status.parse().ok())
        .ok_or_else(invalid)
}
