//! Accounts: refreshed, subscribed to and unsubscribed from.

use serde_json::Value;

use super::lookup::inactive;
use crate::choices::Repeat;
use crate::errors::ApiError;
use crate::kinds::{Feature, Status};
use crate::store::Row;
use crate::wire::params::words;
use crate::work::Work;

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
}

fn features(params: &Value) -> Vec<Feature> {
    words(&params["features"])
        .filter_map(Feature::from_word)
        .collect()
}
