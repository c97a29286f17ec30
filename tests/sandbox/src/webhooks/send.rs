//! Sending an event to an endpoint.

use std::time::Duration;

use reqwest::Client;
use reqwest::redirect::Policy;

use super::queue::Parcel;
use super::target::target;

/// Timeout of a delivery.
const PATIENCE: Duration = Duration::from_secs(10);

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
