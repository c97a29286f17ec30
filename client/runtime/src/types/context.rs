//! The context that a request is made in.

/// A context (`Stripe-Context`): the path from an organisation or platform down to the account that a
/// request acts for, such as `acct_1/acct_2`.
///
/// Any option that takes a context takes one of these, or a string.
///
/// ```
/// # use stripe_client_runtime::StripeContext;
/// let platform = StripeContext::from("acct_1");
/// let connected = platform.child("acct_2");
/// assert_eq!(connected, "acct_1/acct_2");
/// assert_eq!(connected.parent(), Some(platform.clone()));
/// assert_eq!(platform.parent(), None);
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StripeContext(String);

impl StripeContext {
    /// The path, as the header has it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The accounts from the top down.
    pub fn accounts(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('/').filter(|account| !account.is_empty())
    }

    /// The context of the account above; `None` at the top.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let mut accounts: Vec<_> = self.accounts().collect();
        accounts.pop();
        (!accounts.is_empty()).then(|| Self(accounts.join("/")))
    }

    /// The context of an account below this one.
    #[must_use]
    pub fn child(&self, account: impl AsRef<str>) -> Self {
        let below = Self(account.as_ref().to_owned());
        let all: Vec<_> = self.accounts().chain(below.accounts()).collect();
        Self(all.join("/"))
    }
}

crate::__stripe_id_v1!(StripeContext);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_goes_up_and_down() {
        let top = StripeContext::from("org_1");
        let below = top.child("acct_1").child("acct_2");
        assert_eq!(below, "org_1/acct_1/acct_2");
        assert_eq!(
            below.accounts().collect::<Vec<_>>(),
            ["org_1", "acct_1", "acct_2"]
        );
        assert_eq!(below.parent().unwrap().parent(), Some(top.clone()));
        assert_eq!(
            (top.parent(), StripeContext::from("").parent()),
            (None, None)
        );
        // A slash too many changes nothing, and a path goes on with a path.
        assert_eq!(
            StripeContext::from("/org_1/").child("acct_1/acct_2/"),
            below
        );
        assert_eq!(StripeContext::from("").child("acct_1"), "acct_1");
        assert_eq!(
            StripeContext::from("acct_1//acct_2/").parent().unwrap(),
            "acct_1"
        );
        assert_eq!(top.child(""), top);
    }
}
