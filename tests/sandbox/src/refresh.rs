//! Refreshes: asked for, pending, ended; and the subscription that asks for them daily.

use serde_json::{Value, json};

use crate::accounts::{Balance, inactive};
use crate::errors::ApiError;
use crate::kinds::{Feature, RefreshStatus, Status};
use crate::schedule::Task;
use crate::settings::Repeat;
use crate::store::Row;
use crate::work::Work;

const DAY: i64 = 86_400;

/// The last refresh of one kind.
#[derive(Clone, Debug)]
pub(crate) struct Refresh {
    /// Only refreshes of transactions have one.
    pub(crate) id: Option<String>,
    pub(crate) attempted: i64,
    pub(crate) next_available: Option<i64>,
    pub(crate) status: RefreshStatus,
    /// Which attempt this is, so that its end is not taken for the end of another.
    pub(crate) attempt: u64,
    pub(crate) retrieves_left: Option<u32>,
}

impl Refresh {
    pub(crate) fn is_pending(&self) -> bool {
        self.status == RefreshStatus::Pending
    }

    pub(crate) fn render(&self) -> Value {
        let mut refresh = json!({
            "last_attempted_at": self.attempted,
            "next_refresh_available_at": self.next_available,
            "status": self.status.as_str(),
        });
        if let Some(id) = &self.id {
            refresh["id"] = id.as_str().into();
        }
        refresh
    }
}

impl Work<'_> {
    /// `POST …/accounts/{account}/refresh`
    pub(crate) fn refresh_account(&mut self, id: &str, params: &Value) -> Result<Value, ApiError> {
        let row = self.account(id)?;
        let features = features(params);
        self.check_access(row, &features, "it cannot be refreshed")?;
        if self.settings.refresh_not_available == Repeat::Refuse
            && let Some(feature) = features.iter().find(|feature| !self.is_due(row, **feature))
        {
            return Err(ApiError::invalid(format!(
                "The next refresh of {} is not available yet.",
                feature.as_str()
            ))
            .param("features"));
        }
        for feature in features {
            if self.is_due(row, feature) {
                self.start_refresh(row, feature);
            }
        }
        Ok(self.render_account(row))
    }

    /// `POST …/accounts/{account}/subscribe`
    pub(crate) fn subscribe_account(
        &mut self,
        id: &str,
        params: &Value,
    ) -> Result<Value, ApiError> {
        let row = self.account(id)?;
        self.check_access(row, &features(params), "it cannot be subscribed to")?;
        if self.ledger.accounts.get(row).subscription.is_some() {
            return self.repeated(row, "is subscribed to transactions already");
        }
        let subscription = self.random.next();
        self.ledger.accounts.get_mut(row).subscription = Some(subscription);
        if self.is_due(row, Feature::Transactions) {
            self.start_refresh(row, Feature::Transactions);
        }
        self.schedule_daily(row, subscription);
        Ok(self.render_account(row))
    }

    /// `POST …/accounts/{account}/unsubscribe`
    pub(crate) fn unsubscribe_account(&mut self, id: &str) -> Result<Value, ApiError> {
        let row = self.account(id)?;
        if self
            .ledger
            .accounts
            .get_mut(row)
            .subscription
            .take()
            .is_none()
        {
            return self.repeated(row, "is not subscribed to transactions");
        }
        Ok(self.render_account(row))
    }

    fn repeated(&self, row: Row, state: &str) -> Result<Value, ApiError> {
        match self.settings.subscribe_twice {
            Repeat::Unchanged => Ok(self.render_account(row)),
            Repeat::Refuse => Err(ApiError::invalid(format!(
                "The account {} {state}.",
                self.ledger.accounts.get(row).id
            ))
            .param("features")),
        }
    }

    fn check_access(
        &self,
        row: Row,
        features: &[Feature],
        consequence: &str,
    ) -> Result<(), ApiError> {
        let account = self.ledger.accounts.get(row);
        if account.status != Status::Active {
            return Err(inactive(account, consequence));
        }
        let missing = features
            .iter()
            .map(|feature| feature.permission())
            .find(|permission| !account.permissions.contains(permission));
        match missing {
            None => Ok(()),
            Some(permission) => {
                let mut error = ApiError::invalid(format!(
                    "The account {} was linked without the permission `{}`. Ask for it in a new \
                     session.",
                    account.id,
                    permission.as_str()
                ));
                error
                    .code
                    .clone_from(&self.settings.missing_permission_code);
                Err(error)
            }
        }
    }

    /// Whether a refresh would be started: none is pending, and the last one is long enough ago.
    fn is_due(&self, row: Row, feature: Feature) -> bool {
        self.ledger
            .accounts
            .get(row)
            .refresh(feature)
            .is_none_or(|last| match last.next_available {
                Some(next) => next <= self.now,
                None => !last.is_pending(),
            })
    }

    pub(crate) fn start_refresh(&mut self, row: Row, feature: Feature) {
        let attempt = self.random.next();
        let id = (feature == Feature::Transactions).then(|| self.random.id("fctxnref_", 24));
        *self.ledger.accounts.get_mut(row).refresh_slot(feature) = Some(Refresh {
            id,
            attempted: self.now,
            next_available: None,
            status: RefreshStatus::Pending,
            attempt,
            retrieves_left: self.settings.refresh_retrieves,
        });
        if let Some(seconds) = self.settings.refresh_seconds {
            self.ledger.schedule.at(
                self.now.saturating_add(seconds),
                Task::EndRefresh {
                    account: row,
                    feature,
                    attempt,
                },
            );
        }
    }

    /// Ends a pending refresh, with whatever the bank has in store for it.
    pub(crate) fn end_refresh(&mut self, row: Row, feature: Feature) {
        let failure = self.ledger.accounts.get_mut(row).bank.take_failure(feature);
        if failure.is_none() {
            match feature {
                Feature::Balance => {
                    let now = self.now;
                    let account = self.ledger.accounts.get_mut(row);
                    account.balance = account.bank.balance.map(|balance| Balance {
                        as_of: now,
                        current: balance.current,
                        available: balance.available,
                    });
                }
                Feature::Ownership => self.snapshot_owners(row),
                Feature::Transactions => self.fetch_transactions(row),
            }
        }
        self.close_refresh(row, feature, failure.is_none());
        if failure.is_some_and(|failure| failure.deactivates) {
            self.deactivate(row);
        }
    }

    /// Every refresh that has not ended.
    pub(crate) fn pending_refreshes(&self) -> Vec<(Row, Feature)> {
        let accounts = self.ledger.accounts.iter().enumerate();
        accounts
            .flat_map(|(row, account)| Feature::ALL.iter().map(move |of| (row, *of, account)))
            .filter(|(_, of, account)| account.refresh(*of).is_some_and(Refresh::is_pending))
            .map(|(row, of, _)| (row, of))
            .collect()
    }

    /// Marks a refresh as ended. The event comes after the account shows it.
    pub(crate) fn close_refresh(&mut self, row: Row, feature: Feature, succeeded: bool) {
        let cooldown = self.settings.refresh_cooldown_seconds;
        let account = self.ledger.accounts.get_mut(row);
        let active = account.status == Status::Active;
        if let Some(refresh) = account.refresh_mut(feature) {
            refresh.status = if succeeded {
                RefreshStatus::Succeeded
            } else {
                RefreshStatus::Failed
            };
            refresh.next_available = active.then(|| refresh.attempted.saturating_add(cooldown));
        }
        self.emit(
            match feature {
                Feature::Balance => "refreshed_balance",
                Feature::Ownership => "refreshed_ownership",
                Feature::Transactions => "refreshed_transactions",
            },
            row,
        );
    }

    pub(crate) fn schedule_daily(&mut self, account: Row, subscription: u64) {
        self.ledger.schedule.at(
            self.now.saturating_add(DAY),
            Task::DailyRefresh {
                account,
                subscription,
            },
        );
    }

    /// The daily refresh of a subscribed account, while it is subscribed and active.
    pub(crate) fn daily_refresh(&mut self, row: Row, subscription: u64) {
        let account = self.ledger.accounts.get(row);
        if account.subscription != Some(subscription) || account.status != Status::Active {
            return;
        }
        if self.is_due(row, Feature::Transactions) {
            self.start_refresh(row, Feature::Transactions);
        }
        self.schedule_daily(row, subscription);
    }
}

fn features(params: &Value) -> Vec<Feature> {
    params["features"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|word| Feature::from_word(word.as_str()?))
        .collect()
}
