//! Calls about what the bank has, which the next successful refresh brings.

use axum::extract::{Path, State};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::account_bodies::{BankTransaction, Owner};
use super::context::Context;
use super::input::{Asked, Called, Done, ErrorBody, Input, Whose, done};
use crate::control::handle::Control;
use crate::kinds::{AccountNumberStatus, PaymentMethodType, TransactionStatus};
use crate::objects::{AccountNumber, BankBalance, NewOwner, NewTransaction};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(transactions))
        .routes(routes!(balance))
        .routes(routes!(owners))
        .routes(routes!(account_number))
        .routes(routes!(payment_method_types))
        .routes(routes!(change_transaction))
}

/// Transactions at the bank.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Transactions {
    transactions: Vec<BankTransaction>,
}

/// Give the bank transactions
#[utoipa::path(post, path = "/_sandbox/accounts/{id}/transactions",
    params(Whose, ("id" = String, Path)), request_body = Transactions,
    responses((status = 200, body = Done), (status = 400, body = ErrorBody)))]
async fn transactions(
    State(control): State<Control>,
    Path(id): Path<String>,
    Asked(whose): Asked<Whose>,
    Input(body): Input<Transactions>,
) -> Called<Done> {
    let new = body.transactions.into_iter().map(NewTransaction::from);
    whose.of(&control)?.add_transactions(&id, new)?;
    done()
}

/// A balance at the bank.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewBalance {
    /// In the smallest unit of the currency; null for a bank that gives none.
    current: Option<i64>,
    /// Available in a cash account, or used of a credit account.
    available: Option<i64>,
}

/// Change the balance at the bank
#[utoipa::path(post, path = "/_sandbox/accounts/{id}/balance",
    params(Whose, ("id" = String, Path)), request_body = NewBalance,
    responses((status = 200, body = Done), (status = 400, body = ErrorBody)))]
async fn balance(
    State(control): State<Control>,
    Path(id): Path<String>,
    Asked(whose): Asked<Whose>,
    Input(body): Input<NewBalance>,
) -> Called<Done> {
    let balance = body
        .current
        .map(|current| BankBalance::new(current, body.available));
    whose.of(&control)?.set_balance(&id, balance)?;
    done()
}

/// Owners at the bank.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Owners {
    owners: Vec<Owner>,
}

/// Change the owners at the bank
#[utoipa::path(post, path = "/_sandbox/accounts/{id}/owners",
    params(Whose, ("id" = String, Path)), request_body = Owners,
    responses((status = 200, body = Done), (status = 400, body = ErrorBody)))]
async fn owners(
    State(control): State<Control>,
    Path(id): Path<String>,
    Asked(whose): Asked<Whose>,
    Input(body): Input<Owners>,
) -> Called<Done> {
    let owners = body.owners.into_iter().map(NewOwner::from);
    whose.of(&control)?.set_owners(&id, owners)?;
    done()
}

/// An account number.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Number {
    status: AccountNumberStatus,
    /// Whether it is a token for another number.
    #[serde(default)]
    tokenized: bool,
    /// When it will stop working, in seconds since 1970.
    expected_expiry_date: Option<i64>,
}

/// Replace the number of an account
#[utoipa::path(post, path = "/_sandbox/accounts/{id}/account_number",
    params(Whose, ("id" = String, Path)), request_body = Number,
    responses((status = 200, body = Done), (status = 400, body = ErrorBody)))]
async fn account_number(
    State(control): State<Control>,
    Path(id): Path<String>,
    Asked(whose): Asked<Whose>,
    Input(body): Input<Number>,
) -> Called<Done> {
    let number = AccountNumber {
        tokenized: body.tokenized,
        status: body.status,
        expected_expiry_date: body.expected_expiry_date,
    };
    whose.of(&control)?.set_account_number(&id, number)?;
    done()
}

/// How an account can be paid from.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PaymentMethodTypes {
    types: Vec<PaymentMethodType>,
}

/// Change how an account can be paid from
#[utoipa::path(post, path = "/_sandbox/accounts/{id}/payment_method_types",
    params(Whose, ("id" = String, Path)), request_body = PaymentMethodTypes,
    responses((status = 200, body = Done), (status = 400, body = ErrorBody)))]
async fn payment_method_types(
    State(control): State<Control>,
    Path(id): Path<String>,
    Asked(whose): Asked<Whose>,
    Input(body): Input<PaymentMethodTypes>,
) -> Called<Done> {
    let mut types = body.types;
    types.sort_unstable();
    types.dedup();
    whose.of(&control)?.set_payment_method_types(&id, types)?;
    done()
}

/// A change of a transaction.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Changed {
    status: TransactionStatus,
}

/// Change the status of a transaction at the bank
#[utoipa::path(post, path = "/_sandbox/transactions/{id}",
    params(Whose, ("id" = String, Path)), request_body = Changed,
    responses((status = 200, body = Done), (status = 400, body = ErrorBody)))]
async fn change_transaction(
    State(control): State<Control>,
    Path(id): Path<String>,
    Asked(whose): Asked<Whose>,
    Input(body): Input<Changed>,
) -> Called<Done> {
    whose.of(&control)?.change_transaction(&id, body.status)?;
    done()
}
