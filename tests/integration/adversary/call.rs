//! What the client asks of the server.

use std::time::Duration;

use stripe_financial_connections::types::RefreshFeature;
use stripe_financial_connections::{Client, Error, Poll, RefreshOutcome, Timestamp};

use super::api::{LISTED, STARTED};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    Retrieve,
    Disconnect,
    /// Refresh and wait.
    Refresh,
    List,
}

pub(crate) const ALL: [Call; 4] = [Call::Retrieve, Call::Disconnect, Call::Refresh, Call::List];

impl Call {
    /// Makes the call, about an account of its own, and checks what a success gives.
    pub(crate) async fn make(self, client: Client, account: String) -> Result<(), Error> {
        match self {
            Self::Retrieve => {
                let found = client.accounts().retrieve(&*account).await?;
                assert_eq!(found.id, *account);
            }
            Self::Disconnect => {
                let found = client.accounts().disconnect(&*account).await?;
                assert_eq!(found.id, *account);
            }
            Self::Refresh => {
                let request = client
                    .accounts()
                    .refresh(&*account, [RefreshFeature::Balance]);
                let refreshed = request.and_wait(Poll::default()).await?;
                let outcome = refreshed.outcome(&RefreshFeature::Balance);
                let started = Timestamp::from_unix_seconds(STARTED);
                assert_eq!(outcome, Some(RefreshOutcome::Succeeded(started)));
            }
            Self::List => {
                let items = client.accounts().list().stream().try_collect().await?;
                let ids: Vec<_> = items.iter().map(|item| item.id.as_str()).collect();
                assert_eq!(ids, LISTED);
            }
        }
        Ok(())
    }

    /// The path of the POST that it makes, if it makes one.
    pub(crate) fn post(self, account: &str) -> Option<String> {
        let action = match self {
            Self::Disconnect => "disconnect",
            Self::Refresh => "refresh",
            Self::Retrieve | Self::List => return None,
        };
        Some(format!(
            "/v1/financial_connections/accounts/{account}/{action}"
        ))
    }

    /// When it ends at the latest.
    pub(crate) fn bound(self) -> Duration {
        // The deadline of a request is three minutes, and that of a poll five.
        Duration::from_secs(match self {
            Self::Retrieve | Self::Disconnect => 180,
            Self::Refresh => 300,
            Self::List => 3 * 180,
        })
    }
}
