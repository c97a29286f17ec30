//! Responses that are not JSON: none at all, and bytes.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;

use super::response::Response;
use crate::error::Error;
use crate::form::{Encode, Form};
use crate::sealed::Sealed;
#[cfg(feature = "blocking")]
use crate::transport::blocking;
use crate::transport::{Answer, Call, Pending};

/// What a response holds that is not JSON.
pub trait Content: Sealed + Sized {
    #[doc(hidden)]
    fn of(body: &Bytes) -> Self;
}

impl Sealed for () {}

impl Content for () {
    fn of(_: &Bytes) -> Self {}
}

impl Sealed for Bytes {}

impl Content for Bytes {
    fn of(body: &Bytes) -> Self {
        body.clone()
    }
}

/// A request whose response is not JSON: it has been sent, or will be as soon as it is awaited.
///
/// Dropping it stops the request at once, whatever it is doing.
#[must_use = "a request is sent when it is awaited"]
pub struct ContentFuture<T> {
    pending: Pending,
    content: PhantomData<fn() -> T>,
}

impl<T: Content> Future for ContentFuture<T> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = self.pending.as_mut().poll(context);
        answer.map(|received| Ok(response(received?.whole())))
    }
}

impl<T> std::fmt::Debug for ContentFuture<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ContentFuture").finish_non_exhaustive()
    }
}

/// Sends a request whose response is not JSON. A response longer than the client's limit is an error.
pub fn send_content<T>(call: Call, params: &impl Encode) -> ContentFuture<T> {
    let mut form = Form::new();
    params.encode(&mut form);
    ContentFuture {
        pending: call.send(form),
        content: PhantomData,
    }
}

/// Sends a request whose response is not JSON, and blocks the thread until the response is there.
#[cfg(feature = "blocking")]
pub fn send_content_blocking<T: Content>(
    call: Call,
    params: &impl Encode,
) -> Result<Response<T>, Error> {
    let mut form = Form::new();
    params.encode(&mut form);
    Ok(response(
        blocking::wait(call.blocking().send(form))?.whole(),
    ))
}

fn response<T: Content>(answer: Answer) -> Response<T> {
    Response::with(T::of(&answer.body), answer)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::protocol::{Method, Operation, Service};
    use crate::test_server::serve;

    static SERVICE: Service = Service::new("stripe-x-rust/1", "2026-01-01");
    static RECEIPT: Operation = Operation::new(
        &SERVICE,
        "visits.receipt",
        Method::Get,
        "/v1/visits/{visit}",
    );
    static REPLACE: Operation = Operation::new(
        &SERVICE,
        "visits.replace",
        Method::Put,
        "/v2/visits/{visit}",
    );

    struct Query;

    impl crate::params::QueryParams for Query {
        fn encode_query(&self, form: &mut Form) {
            form.field("include", "a b");
        }
    }

    #[tokio::test]
    async fn bytes_come_as_they_are() {
        let (client, requests) = serve(vec!["%PDF-1.7 \u{0}"]);
        let call = Call::new(&client, &RECEIPT).path("visit", "v_1");
        let receipt: Response<Bytes> = send_content(call, &()).await.unwrap();
        assert_eq!(&receipt[..], b"%PDF-1.7 \0");
        let request = requests.join().unwrap().remove(0);
        assert!(
            request.starts_with("GET /v1/visits/v_1 HTTP/1.1\r\n"),
            "{request}"
        );
    }

    #[tokio::test]
    async fn json_is_sent_with_the_query_beside_it() {
        let (client, requests) = serve(vec![""]);
        let body = json!({ "name": "A", "tags": [1] });
        let mut call = Call::new(&client, &REPLACE).path("visit", "v_1");
        call.options().param("more", "1");
        let call = call.query(&Query).json(&body);
        let response: Response<()> = send_content(call, &()).await.unwrap();
        assert!(response.idempotency_key().is_some());
        let request = requests.join().unwrap().remove(0);
        assert!(
            request.starts_with("PUT /v2/visits/v_1?include=a%20b&more=1 HTTP/1.1\r\n"),
            "{request}"
        );
        assert!(
            request.contains("content-type: application/json\r\n"),
            "{request}"
        );
        assert!(
            request.ends_with("\r\n\r\n{\"name\":\"A\",\"tags\":[1]}"),
            "{request}"
        );
    }
}
