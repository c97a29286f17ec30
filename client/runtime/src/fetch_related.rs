//! Fetching what a thin event leaves out: the event itself, and the object that it is about.

use percent_encoding::percent_decode_str;

use crate::api_client::ApiClient;
use crate::error::Error;
use crate::protocol::{Method, encoded_segment};
use crate::raw_request::RawRequest;
use crate::request::Response;
use crate::types::RawJson;
use crate::webhook::{RelatedObject, ThinEvent};

/// The parameters of a query, decoded.
fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    let decode = |text: &str| {
        let text = text.replace('+', " ");
        percent_decode_str(&text).decode_utf8_lossy().into_owned()
    };
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(move |pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
}

impl ThinEvent {
    /// The object that the event is about, if it is of this kind, such as `customer`.
    ///
    /// # Errors
    ///
    /// If the event is about no object, or about one of another kind.
    pub fn related_object_of(&self, kind: &str) -> Result<RelatedObject<'_>, Error> {
        let related = self.related()?;
        if related.kind != kind {
            return Err(Error::usage(
                "the event is about another kind of object; fetch_related fetches any kind",
            ));
        }
        Ok(related)
    }

    fn related(&self) -> Result<RelatedObject<'_>, Error> {
        self.related_object()
            .ok_or_else(|| Error::usage("the event names no related object"))
    }

    /// Fetches the event itself, with the data that the delivery leaves out; [`get`](Self::get) reads
    /// them. Of most events it is what was delivered.
    ///
    /// # Errors
    ///
    /// If the request fails, or what it answers is no such event.
    pub async fn fetch_event(&self, client: &impl ApiClient) -> Result<Response<Self>, Error> {
        let id = encoded_segment(self.id().as_str())?;
        let request = client.raw(Method::Get, &format!("/v2/core/events/{id}"));
        self.in_context(request).send_as().await
    }

    fn in_context(&self, request: RawRequest) -> RawRequest {
        match self.context() {
            Some(context) => request.stripe_context(context),
            None => request,
        }
    }

    /// Fetches the object that the event is about, as it is now, whatever kind it is.
    ///
    /// # Errors
    ///
    /// If the event is about no object, or the request fails.
    pub async fn fetch_related(&self, client: &impl ApiClient) -> Result<Response<RawJson>, Error> {
        let related = self.related()?;
        let (url, _fragment) = related.url.split_once('#').unwrap_or((related.url, ""));
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let request = client.raw(Method::Get, path);
        let request =
            pairs(query).fold(request, |request, (name, value)| request.param(name, value));
        self.in_context(request).await
    }
}
