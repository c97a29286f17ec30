//! What every request offers, whatever its parameters: sending it, and its options.
//!
//! It is plain text and not a macro of the runtime, so that an editor and the documentation of a
//! request show the code that is called.

use quote::quote;

use crate::model::{AnswerForm, BodyForm, Operation};

const SENDING: &str = "
    /// Sends the request. Awaiting it does the same.
    pub fn send(self) -> v1::$FUTURE {
        v1::$SEND($CALL)
    }

    /// Sends the request and blocks the thread until the response is there; within an async runtime
    /// too.
    #[cfg(feature = \"blocking\")]
    pub fn send_blocking(self) -> Result<v1::Response<$ANSWER>, v1::Error> {
        v1::$SEND_blocking($CALL)
    }
";

const SEND_LIST: &str = "
    /// Reads one page. Awaiting the request does the same.
    pub fn send(self) -> v1::ResponseFuture<v1::List<$ITEM>> {
        v1::list_request(self.call, self.params).send()
    }

    /// Reads one page and blocks the thread until it is there; within an async runtime too.
    #[cfg(feature = \"blocking\")]
    pub fn send_blocking(self) -> Result<v1::Response<v1::List<$ITEM>>, v1::Error> {
        v1::list_request(self.call, self.params).send_blocking()
    }

    /// Reads item by item, over all pages, and prefetches the next page. With `ending_before` the
    /// order is from older to newer items.
    pub fn stream(self) -> v1::ItemStream<$ITEM> {
        v1::list_request(self.call, self.params).stream()
    }

    /// Reads page by page; use this to read response headers or to checkpoint the cursor.
    pub fn pages(self) -> v1::PageStream<$ITEM> {
        v1::list_request(self.call, self.params).pages()
    }

    /// Keeps items that do not decode in raw form, instead of failing.
    pub fn lenient(self) -> v1::Listing<v1::Lenient<$ITEM>> {
        v1::list_request(self.call, self.params).lenient()
    }
";

const SEARCH: &str = "
    /// Reads item by item, over all pages, and prefetches the next page.
    pub fn stream(self) -> v1::ItemStream<$ITEM> {
        v1::list_request(self.call, self.params).stream()
    }

    /// Reads page by page; use this to read response headers or to checkpoint the cursor, which is the
    /// page that the response names.
    pub fn pages(self) -> v1::PageStream<$ITEM> {
        v1::list_request(self.call, self.params).pages()
    }
";

const OPTIONS: &str = "
    /// The timeout of one attempt. 80 seconds unless set.
    pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
        self.call.options().timeout(timeout);
        self
    }

    /// The total timeout: all attempts, and the delays between them. 3 minutes unless set.
    pub fn deadline(mut self, deadline: std::time::Duration) -> Self {
        self.call.options().deadline(deadline);
        self
    }

    /// How often the request may be sent again after the first attempt. 2 unless set.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.call.options().max_retries(retries);
        self
    }

    /// Acts for a connected account (`Stripe-Account`).
    pub fn stripe_account(mut self, account: impl AsRef<str>) -> Self {
        self.call.options().stripe_account(account.as_ref());
        self
    }

    /// Acts in a context, for example within an organisation (`Stripe-Context`).
    pub fn stripe_context(mut self, context: impl AsRef<str>) -> Self {
        self.call.options().stripe_context(context.as_ref());
        self
    }

    /// Asks for another version of the API than the one of this crate (`Stripe-Version`).
    pub fn stripe_version(mut self, version: impl AsRef<str>) -> Self {
        self.call.options().stripe_version(version.as_ref());
        self
    }

    /// Uses another API key for this request.
    pub fn secret_key(mut self, key: v1::SecretKey) -> Self {
        self.call.options().secret_key(key);
        self
    }

    /// Sends one more header. One that has an option here is rejected.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.call.options().header(name.as_ref(), value.as_ref());
        self
    }

    /// Sends one more parameter, one that has no setter; nested names are written out: `filters[new]`.
    pub fn param(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.call.options().param(name, value);
        self
    }
";

const IDEMPOTENCY: &str = "
    /// Sends this idempotency key instead of a random one, to repeat the request after a crash.
    pub fn idempotency_key(mut self, key: v1::IdempotencyKey) -> Self {
        self.call.options().idempotency_key(key);
        self
    }
";

const INTO_FUTURE: &str = "
impl IntoFuture for $REQUEST {
    type Output = Result<v1::Response<$ANSWER>, v1::Error>;
    type IntoFuture = v1::$FUTURE;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}";

/// What a request offers whose response is not read page by page.
pub(super) fn request(operation: &Operation) -> String {
    let (send, future, answer) = match &operation.answer {
        AnswerForm::Json(ty) | AnswerForm::Pages(ty) | AnswerForm::Search(ty, _) => {
            let answer = quote! { #ty }.to_string().replace(' ', "");
            ("send", "ResponseFuture", answer.replace(',', ", "))
        }
        AnswerForm::Empty => ("send_content", "ContentFuture", "()".to_owned()),
        AnswerForm::Bytes => ("send_content", "ContentFuture", "v1::Bytes".to_owned()),
    };
    let call = match operation.body {
        BodyForm::Form => "self.call, &self.params",
        BodyForm::FormAndQuery => "self.call.query(&self.params), &self.params",
        BodyForm::Json => "self.call.query(&self.params).json(&self.params), &()",
    };
    let idempotency = match operation.method.as_str() {
        "post" | "put" | "patch" => IDEMPOTENCY,
        _ => "",
    };
    let methods = SENDING.trim_start_matches('\n');
    let search = match &operation.answer {
        AnswerForm::Search(_, item) => SEARCH.replace("$ITEM", &quote! { #item }.to_string()),
        _ => String::new(),
    };
    format!("impl $REQUEST {{\n{methods}{search}{OPTIONS}{idempotency}}}\n{INTO_FUTURE}")
        .replace("$FUTURE", &format!("{future}<$ANSWER>"))
        .replace("$SEND", send)
        .replace("$CALL", call)
        .replace("$REQUEST", &operation.request)
        .replace("$ANSWER", &answer)
}

/// What a request offers whose response is a page of `item`.
pub(super) fn list(request: &str, item: &str) -> String {
    let methods = SEND_LIST.trim_start_matches('\n');
    format!("impl $REQUEST {{\n{methods}{OPTIONS}}}\n{INTO_FUTURE}")
        .replace("$FUTURE", "ResponseFuture<$ANSWER>")
        .replace("$ANSWER", "v1::List<$ITEM>")
        .replace("$REQUEST", request)
        .replace("$ITEM", item)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::engine::Ty;
    use crate::names::REQUEST_METHODS;

    fn operation(answer: AnswerForm, body: BodyForm) -> Operation {
        Operation {
            function: "a".to_owned(),
            request: "R".to_owned(),
            params: 0,
            constant: "R".to_owned(),
            method: "post".to_owned(),
            path: "/a".to_owned(),
            arguments: Vec::new(),
            setters: Vec::new(),
            body,
            answer,
            summary: String::new(),
            description: String::new(),
            reference: None,
        }
    }

    #[test]
    fn the_methods_are_those_that_are_reserved() {
        let answer = || AnswerForm::Json(Ty::Text);
        let printed = [
            request(&operation(answer(), BodyForm::Form)),
            request(&operation(AnswerForm::Empty, BodyForm::Json)),
            list("R", "A"),
        ];
        let functions: BTreeSet<&str> = printed
            .iter()
            .flat_map(|text| text.split("pub fn ").skip(1))
            .filter_map(|text| text.split('(').next())
            .collect();
        assert_eq!(functions, REQUEST_METHODS.iter().copied().collect());
        assert!(
            printed.iter().all(|text| !text.contains('$')),
            "{printed:?}"
        );
    }
}
