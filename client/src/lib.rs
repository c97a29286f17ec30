//! Client for Stripe's Financial Connections API: linked bank accounts, their balances, owners and
//! transactions, sessions, and webhook events.
//!
//! ```
//! use stripe_financial_connections::types::RefreshFeature;
//! use stripe_financial_connections::{Client, Error};
//!
//! async fn refresh_all(client: &Client, customer: &str) -> Result<(), Error> {
//!     let mut accounts = client.accounts().list().customer(customer).stream();
//!     while let Some(account) = accounts.next().await {
//!         let account = account?;
//!         client.accounts().refresh(&account.id, [RefreshFeature::Balance]).await?;
//!     }
//!     Ok(())
//! }
//! # use stripe_financial_connections::SecretKey;
//! # use stripe_financial_connections_sandbox::{NewAccount, Operation, Sandbox};
//! # tokio::runtime::Runtime::new()?.block_on(async {
//! # let sandbox = Sandbox::start().await?;
//! # let customer = sandbox.control().create_customer();
//! # let _ = sandbox.control().create_account(&NewAccount::new().customer(&customer));
//! # let client = Client::builder(SecretKey::new(sandbox.key())?).base_url(sandbox.base_url()).build()?;
//! # refresh_all(&client, &customer).await?;
//! # assert_eq!(sandbox.control().effects(Operation::AccountsRefresh), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where to begin
//!
//! - [`Client::new`] takes a [`SecretKey`]; [`Client::builder`] sets time-outs, retries, the connected
//!   account and more. A client is cheap to clone, and keeps its connections open.
//! - [`Client::accounts`], [`Client::sessions`] and [`Client::transactions`] have a method for each
//!   operation. What an operation requires is an argument, what it allows is chained, and the request is
//!   awaited: [`requests`] lists them all.
//! - The answer is a [`Response`], which derefs to the object and knows the request id, the idempotency
//!   key and the attempts. Lists are walked by [`ItemStream`] or, page by page, by [`PageStream`].
//! - A refresh is waited for by [`and_wait`](requests::RefreshAccount::and_wait).
//! - Whatever fails is an [`Error`], whose predicates tell what to do.
//!
//! # What holds for every request
//!
//! **It is sent again when that may help and cannot do harm**, twice unless set otherwise. Every POST
//! carries an idempotency key, the same over all its attempts, so that it takes effect once; the key is on
//! the response and on the error. A connection that the server closed just as it was used again is no
//! failure: the request is repeated at once, on a new one, also when retries are off.
//!
//! **It ends.** Each attempt has a time-out, and all of them together have a deadline. Dropping the future
//! stops everything at once.
//!
//! **Nothing is lost.** A field that this version does not know is kept in `extra`, an enum value as
//! `UnknownValue`; both are written back when the object is serialised. An answer that is no answer of the
//! API's, such as a proxy's page, is an error with the status, the headers and the body.
//!
//! **Nothing leaks.** `Debug` and logs show no key, no owner and no account number. Redirects are not
//! followed, and plain `http` goes to this machine alone unless the builder says otherwise. Nothing is
//! sent that the request does not need.
//!
//! # Proxies
//!
//! Proxies are taken from the environment (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`, in either case), and
//! reached by `CONNECT`, so that they see the host alone. A base URL on this machine never goes through
//! one. [`ClientBuilder`]'s `reqwest_client` takes an HTTP client with any other proxy.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! | --- | --- | --- |
//! | `rustls` | yes | TLS written in Rust, with the system's root certificates |
//! | `native-tls` | | the system's TLS; it is used if both are on |
//! | `blocking` | | `send_blocking` on every request, and streams as iterators |
//! | `webhook` | | webhook events: checking signatures and reading what they carry |
//! | `schemars` | | `JsonSchema` for every generated type |
//!
//! # Testing
//!
//! The crate `stripe-financial-connections-sandbox` is a stateful stand-in for the API in your own
//! process: it links accounts in a line, lets refreshes fail, injects faults and sends webhooks.
//!
//! # What is deliberately absent
//!
//! - No parameter is checked that the API checks itself.
//! - Generated code has no policy: time-outs, retries and authentication are in hand-written modules.
//! - No type of the HTTP library is in this interface, but for handing in a configured client.
//! - There is no `wasm32` build: time-outs, pauses and fetching ahead stand on tokio's timers and tasks,
//!   and retries on telling how a connection failed, which a browser does not say.

#[rustfmt::skip]
mod generated;
mod refresh;
#[cfg(feature = "webhook")]
pub mod webhook;

#[cfg(feature = "schemars")]
pub use generated::schemas;
pub use generated::{API_VERSION, Client, ClientBuilder, params, requests, types};
pub use refresh::{RefreshAndWait, RefreshOutcome, Refreshed, RefreshedFuture};
#[cfg(feature = "blocking")]
#[doc(inline)]
pub use stripe_client_runtime::BlockingIter;
#[doc(inline)]
pub use stripe_client_runtime::{
    Amounts, ApiClient, ApiError, ApiObject, Clearable, Clock, Currency, Error, Expandable, Extra,
    IdempotencyKey, InvalidValue, ItemStream, Lenient, List, Listed, Listing, Method, Page,
    PageStream, Poll, Random, RangeQuery, RawItem, RawJson, RawRequest, Response, ResponseFuture,
    SecretKey, StripeContext, SystemClock, SystemRandom, Timestamp, UnknownValue, Wait,
};
