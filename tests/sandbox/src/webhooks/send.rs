//! Sending an event to an endpoint.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, Url};

use super::queue::Parcel;

/// Timeout of a delivery.
const PATIENCE: Duration = Duration::from_secs(10);

/// The address of an endpoint, if events can be delivered to it.
pub(crate) fn target(url: &str) -> Option<Url> {
    let url: Url = url.parse().ok()?;
    let web = url.scheme() == "http" || url.scheme() == "https";
    (web && url.has_host()).then_some(url)
}

/// Sends events over HTTP and HTTPS.
#[derive(Clone, Debug)]
pub(crate) struct Sender {
    client: Client,
}

impl Sender {
    /// With `skip_verify`, certificates may be anybody's, such as a receiver's own.
    pub(crate) fn new(skip_verify: bool) -> reqwest::Result<Self> {
        let client = Client::builder()
            .timeout(PATIENCE)
            .redirect(Policy::none())
            .pool_max_idle_per_host(0)
            .no_proxy()
            .tls_danger_accept_invalid_certs(skip_verify)
            .build()?;
        Ok(Self { client })
    }

    /// Sends an event. Gives the status of the response; none, for whatever reason, is no
    /// acknowledgement.
    pub(crate) async fn post(&self, parcel: &Parcel) -> Option<u16> {
        let url = target(&parcel.url)?;
        let request = self
            .client
            .post(url)
            .header(
                "user-agent",
                "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
            )
            .header("content-type", "application/json; charset=utf-8")
            .header("stripe-signature", &parcel.signature)
            .body(parcel.body.clone());
        let response = request.send().await.ok()?;
        Some(response.status().as_u16())
    }
}
