//! What all requests have in common: sending them, and their options.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use serde::de::DeserializeOwned;

use crate::call::Pending;
use crate::error::Error;
use crate::response::Response;

/// A request that has been sent, or will be as soon as it is awaited.
///
/// Dropping it stops the request at once, whatever it is doing.
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

#[cfg(feature = "blocking")]
impl<T: DeserializeOwned> ResponseFuture<T> {
    /// Waits for the answer, on any thread.
    pub(crate) fn wait(self) -> Result<Response<T>, Error> {
        let task = crate::task::Task::new(crate::blocking::runtime()?, self.pending);
        Response::decode(crate::blocking::park_on(task)?)
    }
}

impl<T: DeserializeOwned> Future for ResponseFuture<T> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.pending
            .as_mut()
            .poll(context)
            .map(|answer| Response::decode(answer?))
    }
}

impl<T> std::fmt::Debug for ResponseFuture<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}

/// The options of one request, over its `call`.
macro_rules! request_options {
    () => {
        $crate::options::option_setters!(self => self.call.options());

        /// Uses another key for this request.
        #[inline]
        pub fn secret_key(mut self, key: $crate::SecretKey) -> Self {
            self.call.options().key = Some(key);
            self
        }
    };
}
pub(crate) use request_options;

/// The option that only requests with an effect have.
macro_rules! idempotency_option {
    (get) => {};
    (delete) => {};
    (post) => {
        /// Sends this idempotency key instead of a random one, so that the request can be repeated
        /// after a crash.
        #[inline]
        pub fn idempotency_key(mut self, key: $crate::IdempotencyKey) -> Self {
            self.call.options().idempotency_key = Some(key);
            self
        }
    };
}
pub(crate) use idempotency_option;

/// Implements sending for a struct that has a `call` and `params`: `request!(Name => Answer, post)`.
macro_rules! request {
    ($name:ident => $answer:ty, $method:ident) => {
        impl $name {
            $crate::request::request_options!();
            $crate::request::idempotency_option!($method);

            /// Sends the request. Awaiting it does the same.
            pub fn send(self) -> $crate::ResponseFuture<$answer> {
                let mut form = $crate::form::Form::new();
                $crate::form::Encode::encode(&self.params, &mut form);
                $crate::ResponseFuture::new(self.call.send(form))
            }

            /// Sends the request and waits, without `async`; within an async runtime too.
            #[cfg(feature = "blocking")]
            pub fn send_blocking(mut self) -> Result<$crate::Response<$answer>, $crate::Error> {
                self.call = self.call.blocking();
                self.send().wait()
            }
        }

        impl ::std::future::IntoFuture for $name {
            type Output = Result<$crate::Response<$answer>, $crate::Error>;
            type IntoFuture = $crate::ResponseFuture<$answer>;

            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }
    };
}
pub(crate) use request;

#[cfg(test)]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "requests in miniature, of which few options are used"
)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;

    use crate::call::Call;
    use crate::form::{Encode, Form};
    use crate::listing::list_request;
    use crate::operation::{Method, Operation};
    use crate::parameters::{Direction, ListParams, list_params};
    use crate::{Client, RawJson, SecretKey};

    // What generated code looks like, in miniature.

    static REFRESH: Operation = Operation {
        name: "accounts.refresh",
        method: Method::Post,
        path: "/v1/accounts/{account}/refresh",
    };
    static LIST: Operation = Operation {
        name: "accounts.list",
        method: Method::Get,
        path: "/v1/accounts",
    };

    #[derive(Clone, Debug)]
    struct Refresh {
        call: Call,
        params: RefreshParams,
    }

    #[derive(Clone, Debug)]
    struct RefreshParams {
        features: Vec<String>,
    }

    impl Encode for RefreshParams {
        fn encode(&self, form: &mut Form) {
            form.field("features", &self.features);
        }
    }

    request!(Refresh => RawJson, post);

    #[derive(Clone, Debug)]
    struct ListAccounts {
        call: Call,
        params: ListAccountsParams,
    }

    #[derive(Clone, Debug, Default)]
    struct ListAccountsParams {
        starting_after: Option<String>,
        ending_before: Option<String>,
    }

    impl Encode for ListAccountsParams {
        fn encode(&self, form: &mut Form) {
            form.field("starting_after", &self.starting_after);
            form.field("ending_before", &self.ending_before);
        }
    }

    list_params!(ListAccountsParams);
    list_request!(ListAccounts => RawJson);

    /// Answers each connection with one of the bodies, and gives back the requests.
    fn server(bodies: Vec<&'static str>) -> (Client, std::thread::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let requests = std::thread::spawn(move || {
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

    #[tokio::test]
    async fn a_post_reaches_the_server_and_its_answer_the_caller() {
        let (client, requests) = server(vec![r#"{"id":"fca_1"}"#]);
        let request = Refresh {
            call: Call::new(&client, &REFRESH).path("account", "fca_1"),
            params: RefreshParams {
                features: vec!["balance".to_owned()],
            },
        };
        let account = request.await.unwrap();
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
    }

    #[tokio::test]
    async fn a_list_is_read_to_its_end() {
        let (client, requests) = server(vec![
            r#"{"data":[{"id":"b"},{"id":"a"}],"has_more":true,"url":"/v1/accounts"}"#,
            r#"{"data":[{"id":"c"}],"has_more":false,"url":"/v1/accounts"}"#,
        ]);
        let request = ListAccounts {
            call: Call::new(&client, &LIST),
            params: ListAccountsParams::default(),
        };
        assert_eq!(request.params.direction(), Direction::Forward);
        let items = request.stream().try_collect().await.unwrap();
        let ids: Vec<_> = items
            .iter()
            .map(|item| item["id"].as_str().unwrap())
            .collect();
        assert_eq!(ids, ["b", "a", "c"]);
        let requests = requests.join().unwrap();
        assert!(
            requests[0].starts_with("GET /v1/accounts HTTP/1.1\r\n"),
            "{}",
            requests[0]
        );
        assert!(requests[1].starts_with("GET /v1/accounts?starting_after=a HTTP/1.1\r\n"));
    }
}
