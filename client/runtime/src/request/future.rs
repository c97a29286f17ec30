//! The future of a response.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use serde::de::DeserializeOwned;

use super::response::Response;
use crate::error::Error;
use crate::form::{Encode, Form};
#[cfg(feature = "blocking")]
use crate::transport::blocking;
use crate::transport::{Call, Pending};

/// A request that has been sent, or will be as soon as it is awaited.
///
/// Dropping it stops the request at once, whatever it is doing.
///
/// It is awaited within a tokio runtime; outside of one it is an [error](Error::is_usage). The other way
/// is the feature `blocking`, which needs none.
///
/// # Panics
///
/// Polling it panics, within tokio, if the runtime was built without its drivers of I/O and time
/// (`tokio::runtime::Builder::enable_all`), or if the request was begun in a runtime and is carried on
/// outside of it.
#[must_use = "a request is sent when it is awaited"]
pub struct ResponseFuture<T> {
    pending: Pending,
    answer: PhantomData<fn() -> T>,
}

impl<T> ResponseFuture<T> {
    pub(crate) fn new(pending: Pending) -> Self {
        Self {
            pending,
            answer: PhantomData,
        }
    }
}

impl<T: DeserializeOwned> Future for ResponseFuture<T> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        loop {
            match Response::decode(ready!(self.pending.as_mut().poll(context))?) {
                Ok(response) => return Poll::Ready(response),
                Err(pending) => self.pending = pending,
            }
        }
    }
}

impl<T> std::fmt::Debug for ResponseFuture<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}

/// Sends a request with these parameters.
pub fn send<T>(call: Call, params: &impl Encode) -> ResponseFuture<T> {
    let mut form = Form::new();
    params.encode(&mut form);
    ResponseFuture::new(call.refuse_owned(owns(params)).send(form))
}

fn owns<P: Encode>(_: &P) -> fn(&str) -> bool {
    P::owns
}

/// Sends a request with these parameters, and blocks the thread until the response is there.
#[cfg(feature = "blocking")]
pub fn send_blocking<T: DeserializeOwned>(
    call: Call,
    params: &impl Encode,
) -> Result<Response<T>, Error> {
    let mut form = Form::new();
    params.encode(&mut form);
    let call = call.refuse_owned(owns(params));
    block_on(call.blocking().send(form))
}

/// Blocks the thread until the response is there. It is decoded on this thread.
#[cfg(feature = "blocking")]
pub(crate) fn block_on<T: DeserializeOwned>(mut pending: Pending) -> Result<Response<T>, Error> {
    loop {
        match Response::decode(blocking::wait(pending)?) {
            Ok(response) => return response,
            Err(again) => pending = again,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Method, Operation, Service};
    use crate::test_server::serve;
    use crate::types::RawJson;

    static SERVICE: Service = Service::new("stripe-x-rust/1", "2026-01-01");
    static REFRESH: Operation = Operation::new(
        &SERVICE,
        "accounts.refresh",
        Method::Post,
        "/v1/accounts/{account}/refresh",
    );

    struct RefreshParams {
        features: Vec<String>,
    }

    impl Encode for RefreshParams {
        fn encode(&self, form: &mut Form) {
            form.field("features", &self.features);
        }
    }

    #[tokio::test]
    async fn a_post_reaches_the_server_and_its_response_the_caller() {
        let (client, requests) = serve(vec![r#"{"id":"fca_1"}"#]);
        let call = Call::new(&client, &REFRESH).path("account", "fca_1");
        let params = RefreshParams {
            features: vec!["balance".to_owned()],
        };
        let account: Response<RawJson> = send(call, &params).await.unwrap();
        assert_eq!(account["id"], "fca_1");
        assert_eq!(
            (account.status(), account.request_id()),
            (200, Some("req_1"))
        );
        let request = requests.join().unwrap().remove(0);
        assert!(
            request.starts_with("POST /v1/accounts/fca_1/refresh HTTP/1.1\r\n"),
            "{request}"
        );
        assert!(
            request.ends_with("\r\n\r\nfeatures[0]=balance"),
            "{request}"
        );
        assert!(request.contains(account.idempotency_key().unwrap().as_str()));
        assert!(
            request.contains("stripe-version: 2026-01-01\r\n"),
            "{request}"
        );
        assert!(
            request.contains("user-agent: stripe-x-rust/1\r\n"),
            "{request}"
        );
    }
}
