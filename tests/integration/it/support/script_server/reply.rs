//! What the server answers, and how it fails at that.

use std::fmt::Write;
use std::time::Duration;

use serde_json::{Value, json};

/// Where an answer breaks off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// It does not, and the connection goes on.
    Nowhere,
    /// The request is read, and the connection reset.
    BeforeAnswer,
    /// The request is read, and nothing follows.
    Silent,
    /// In the middle of the headers.
    WithinHead,
    /// After the headers, which announce a body.
    BeforeBody,
    /// In the middle of the body.
    WithinBody,
    /// In the middle of the body, and the connection stays open until the client gives up.
    StuckInBody,
    /// After the whole answer.
    AfterBody,
    /// The request is read, and informational answers follow without end.
    Informed,
}

/// How the answer says where its body ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    Length,
    /// By a length that is too small by so many bytes, and by ending the connection.
    TooShort(usize),
    /// By ending the connection.
    Close,
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) cut: Cut,
    pub(crate) framing: Framing,
    /// The number of pieces in which as much as is sent of the body is sent.
    pub(crate) pieces: usize,
    /// How far the clock goes forward before the answer.
    pub(crate) delay: Duration,
    /// How long the answer waits for others to set the clock forward.
    pub(crate) wait: Duration,
}

impl Reply {
    pub(crate) fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![
                ("Content-Type", content_type.to_owned()),
                ("Request-Id", "req_scripted".to_owned()),
            ],
            body: body.into(),
            cut: Cut::Nowhere,
            framing: Framing::Length,
            pieces: 1,
            delay: Duration::ZERO,
            wait: Duration::ZERO,
        }
    }

    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::new(status, "application/json", body.to_string())
    }

    pub(crate) fn html(status: u16) -> Self {
        Self::new(status, "text/html", "<html><h1>Gateway</h1></html>")
    }

    /// An account, which is what most operations answer.
    pub(crate) fn account(id: &str) -> Self {
        Self::json(200, &account(id))
    }

    /// An error of the API.
    pub(crate) fn error(status: u16, error_type: &str, code: Option<&str>) -> Self {
        let mut error = json!({ "type": error_type, "message": "Something of the request." });
        if let Some(code) = code {
            error["code"] = code.into();
        }
        Self::json(status, &json!({ "error": error }))
    }

    /// A page of accounts with these ids.
    pub(crate) fn page(ids: impl IntoIterator<Item = impl AsRef<str>>, has_more: bool) -> Self {
        let data: Vec<_> = ids.into_iter().map(|id| account(id.as_ref())).collect();
        let url = "/v1/financial_connections/accounts";
        Self::json(
            200,
            &json!({ "object": "list", "data": data, "has_more": has_more, "url": url }),
        )
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn cut(self, cut: Cut) -> Self {
        Self { cut, ..self }
    }

    pub(crate) fn framing(self, framing: Framing) -> Self {
        Self { framing, ..self }
    }

    pub(crate) fn pieces(self, pieces: usize) -> Self {
        Self { pieces, ..self }
    }

    /// Only so many bytes of the body.
    pub(crate) fn shortened(mut self, length: usize) -> Self {
        self.body.truncate(length);
        self
    }

    pub(crate) fn late(self, delay: Duration) -> Self {
        Self { delay, ..self }
    }

    pub(crate) fn after(self, wait: Duration) -> Self {
        Self { wait, ..self }
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} Scripted\r\n", self.status);
        for (name, value) in &self.headers {
            write!(head, "{name}: {value}\r\n").unwrap();
        }
        let length = match self.framing {
            Framing::Length => Some(self.body.len()),
            Framing::TooShort(by) => Some(self.body.len() - by),
            Framing::Close => None,
        };
        if let Some(length) = length {
            write!(head, "Content-Length: {length}\r\n").unwrap();
        }
        head.push_str("\r\n");
        [head.as_bytes(), &self.body].concat()
    }
}

/// An account with everything that is required.
pub(crate) fn account(id: &str) -> Value {
    json!({
        "id": id,
        "object": "financial_connections.account",
        "category": "cash",
        "created": 1_790_000_000,
        "institution_name": "Test Bank",
        "livemode": false,
        "status": "active",
        "subcategory": "checking",
        "supported_payment_method_types": ["us_bank_account"],
    })
}
