//! Sessions: created and retrieved.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::errors::ApiError;
use crate::kinds::{Feature, Permission};
use crate::objects::{ALL_SUBCATEGORIES, Holder, Session};
use crate::store::Row;
use crate::wire::page::{self, From, Window};
use crate::wire::params::words;
use crate::work::Work;

impl Work<'_> {
    /// `POST …/sessions`
    pub(crate) fn create_session(&mut self, params: &Value) -> Result<Value, ApiError> {
        let holder = self.holder(&params["account_holder"])?;
        let permissions: Vec<Permission> = words(&params["permissions"])
            .filter_map(Permission::from_word)
            .collect();
        let prefetch: Vec<Feature> = words(&params["prefetch"])
            .filter_map(|word| {
                // A session says `balances` for what a refresh calls `balance`.
                Feature::ALL
                    .iter()
                    .copied()
                    .find(|feature| feature.permission().as_str() == word)
            })
            .collect();
        if !self.settings.prefetch_outside_permissions
            && let Some(feature) = prefetch
                .iter()
                .find(|feature| !permissions.contains(&feature.permission()))
        {
            return Err(ApiError::invalid(format!(
                "prefetch names {0}, which permissions does not: only what is permitted can be \
                 fetched.",
                feature.permission().as_str()
            ))
            .param("prefetch"));
        }
        let account_limit = params["limits"]["accounts"].as_i64();
        if account_limit.is_some_and(|limit| limit < 1) {
            return Err(ApiError::invalid(
                "limits[accounts] must be at least 1; leave it empty for no limit.",
            )
            .param("limits[accounts]"));
        }
        let filters = &params["filters"];
        let text = |value: &Value, default: &str| value.as_str().unwrap_or(default).to_owned();
        let subcategories: Vec<String> = match filters["account_subcategories"].as_array() {
            Some(_) => words(&filters["account_subcategories"])
                .map(str::to_owned)
                .collect(),
            None => ALL_SUBCATEGORIES.map(str::to_owned).into(),
        };
        let id = self.random.id("fcsess_", 24);
        let session = Session {
            id: id.clone(),
            client_secret: self.random.id(&format!("{id}_secret_"), 24),
            holder,
            permissions,
            prefetch,
            subcategories,
            country: filters["country"].as_str().map(str::to_owned),
            payment_method_support: text(&filters["require_payment_method_support"], "none"),
            account_limit,
            manual_entry: text(&params["manual_entry"]["mode"], "disabled"),
            return_url: params["return_url"].as_str().map(str::to_owned),
            completed: false,
        };
        let row = self.ledger.sessions.push(&id, session);
        Ok(self.render_session(row))
    }

    /// `GET …/sessions/{session}`
    pub(crate) fn retrieve_session(&mut self, id: &str) -> Result<Value, ApiError> {
        let row = self.ledger.sessions.find(id).ok_or_else(|| {
            let param = self.path_param("session");
            ApiError::not_found(&self.settings.session_noun, id, param)
        })?;
        Ok(self.render_session(row))
    }

    /// Reads `account_holder`. Its type must match the one id that is given.
    fn holder(&self, param: &Value) -> Result<Holder, ApiError> {
        let id = |name: &str| param[name].as_str().map(str::to_owned);
        let wants_account = param["type"] == "account";
        let (account, customer, customer_account) =
            (id("account"), id("customer"), id("customer_account"));
        let (holder, name) = match (wants_account, account, customer, customer_account) {
            (true, Some(id), None, None) => (Holder::Account(id), "account"),
            (false, None, Some(id), None) => (Holder::Customer(id), "customer"),
            (false, None, None, Some(id)) => (Holder::CustomerAccount(id), "customer_account"),
            (wants_account, None, None, None) => {
                let name = if wants_account { "account" } else { "customer" };
                let name = format!("account_holder[{name}]");
                return Err(
                    ApiError::invalid(format!("Missing required param: {name}."))
                        .code("parameter_missing")
                        .param(name),
                );
            }
            _ => {
                return Err(ApiError::invalid(
                    "account_holder takes one id, of the kind that its type names.",
                )
                .param("account_holder"));
            }
        };
        if self.has_holder(&holder) {
            return Ok(holder);
        }
        let id = param[name].as_str().unwrap_or_default();
        let noun = name.replace('_', " ");
        Err(ApiError::no_such_reference(
            &noun,
            id,
            &format!("account_holder[{name}]"),
        ))
    }

    fn render_session(&mut self, row: Row) -> Value {
        let session = self.ledger.sessions.get(row);
        let none = BTreeSet::new();
        let index = self
            .ledger
            .accounts_by_session
            .get(&session.id)
            .unwrap_or(&none);
        let first = Window {
            limit: 10,
            from: From::Newest,
        }
        .of(index, |_| true);
        let accounts = first
            .items
            .iter()
            .map(|row| self.render_account(*row))
            .collect();
        let prefetch: Vec<&str> = session
            .prefetch
            .iter()
            .map(|feature| feature.permission().as_str())
            .collect();
        let permissions: Vec<&str> = session
            .permissions
            .iter()
            .map(|permission| permission.as_str())
            .collect();
        let mut rendered = json!({
            "id": session.id,
            "object": "financial_connections.session",
            "account_holder": session.holder.render(),
            "accounts": page::list(
                "/v1/financial_connections/accounts",
                accounts,
                first.has_more,
            ),
            "client_secret": session.client_secret,
            "filters": {
                "account_subcategories": session.subcategories,
                "country": session.country,
                "require_payment_method_support": session.payment_method_support,
            },
            "livemode": self.tenant.livemode,
            "manual_entry": {"mode": session.manual_entry},
            "permissions": permissions,
            "prefetch": prefetch,
        });
        if let Some(limit) = session.account_limit {
            rendered["limits"] = json!({"accounts": limit});
        }
        if let Some(url) = &session.return_url {
            rendered["return_url"] = url.as_str().into();
        }
        rendered
    }
}
