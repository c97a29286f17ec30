//! Calls about customers and accounts.

use axum::Json;
use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::account_bodies::{Link, Summary, check_made};
use super::context::Context;
use super::input::{Asked, Called, Done, ErrorBody, Input, Nothing, Whose, done, page_size};
use crate::control::handle::Control;
use crate::kinds::{DeactivationCause, Feature};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(list, link))
        .routes(routes!(deactivate))
        .routes(routes!(reactivate))
        .routes(routes!(disconnect))
        .routes(routes!(fail_next_refresh))
        .routes(routes!(expect_deactivation))
        .routes(routes!(create_customers))
        .routes(routes!(create_connected_account))
        .routes(routes!(end_refreshes))
        .routes(routes!(seed))
}

/// The ids of new objects.
#[derive(Serialize, ToSchema)]
pub(super) struct Ids {
    pub(super) ids: Vec<String>,
}

/// Some accounts.
#[derive(Serialize, ToSchema)]
struct Summaries {
    /// Newest first.
    accounts: Vec<Summary>,
    /// Whether there are older ones.
    has_more: bool,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct AccountsPage {
    /// A connected account of Stripe; otherwise the platform itself.
    account: Option<String>,
    /// Whether it is the data of live mode.
    #[serde(default)]
    livemode: bool,
    /// How many accounts, from 1 to 1,000; otherwise 100.
    #[param(minimum = 1, maximum = 1_000)]
    limit: Option<usize>,
    /// Accounts older than this one.
    starting_after: Option<String>,
}

/// Accounts in short, newest first
#[utoipa::path(get, path = "/_sandbox/accounts", params(AccountsPage), responses(
    (status = 200, body = Summaries), (status = 400, body = ErrorBody)
))]
async fn list(
    State(control): State<Control>,
    Asked(page): Asked<AccountsPage>,
) -> Called<Summaries> {
    let whose = Whose {
        account: page.account,
        livemode: page.livemode,
    };
    let control = whose.of(&control)?;
    let limit = page_size(page.limit)?;
    let (accounts, has_more) = control.accounts_page(page.starting_after.as_deref(), limit)?;
    Ok(Json(Summaries {
        accounts: accounts.into_iter().map(Summary::from).collect(),
        has_more,
    }))
}

/// Link accounts outside any session
#[utoipa::path(post, path = "/_sandbox/accounts", params(Whose), request_body = Link, responses(
    (status = 200, body = Ids), (status = 400, body = ErrorBody)
))]
async fn link(
    State(control): State<Control>,
    Asked(whose): Asked<Whose>,
    Input(body): Input<Link>,
) -> Called<Ids> {
    let control = whose.of(&control)?;
    let (count, new) = body.read()?;
    let ids = control.create_accounts(&new, count)?;
    Ok(Json(Ids { ids }))
}

/// The connection of an account breaks
#[utoipa::path(post, path = "/_sandbox/accounts/{id}/deactivate", params(Whose, ("id" = String, Path)),
    request_body = Option<Nothing>,
    responses((status = 200, body = Done), (status = 400, body = ErrorBody)))]
async fn deactivate(
    State(control): State<Control>,
    Path(id): Path<String>,
    Asked(whose): Asked<Whose>,
    Input(Nothing {}): Input<Nothing>,
) -> Called<Done> {
    whose.of(&control)?.deactivate(&id)?;
    done()
}

/// The user links an inactive account again
#[utoipa::path(post, path = "/_sandbox/accounts/{id}/reactivate", params(Whose, ("id" = String, Path)),
    request_body = Option<Nothing>,
    responses((status = 200, body = Done), (status = 400, body = ErrorBody)))]
async fn reactivate(
    State(control): State<Control>,
    Path(id): Path<String>,
    Asked(whose): Asked<Whose>,
    Input(Nothing {}): Input<Nothing>,
) -> Called<Done> {
    whose.of(&control)?.reactivate(&id)?;
    done()
}

/// The user ends the connection of an account
#[utoipa::path(post, path = "/_sandbox/accounts/{id}/disconnect", params(Whose, ("id" = String, Path)),
    request_body = Option<Nothing>,
    responses((status = 200, body = Done), (status = 400, body = ErrorBody)))]
async fn disconnect(
    State(control): State<Control>,
    Path(id): Path<String>,
    Asked(whose): Asked<Whose>,
    Input(Nothing {}): Input<Nothing>,
) -> Called<Done> {
    whose.of(&control)?.disconnect(&id)?;
    done()
}

/// A refresh that fails.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FailingRefresh {
    feature: Feature,
    /// Whether the failure shows that the connection is broken.
    #[serde(default)]
    deactivates: bool,
}

/// The next refresh of a feature fails
#[utoipa::path(post, path = "/_sandbox/accounts/{id}/fail_next_refresh",
    params(Whose, ("id" = String, Path)), request_body = FailingRefresh,
    responses((status = 200, body = Done), (status = 400, body = ErrorBody)))]
async fn fail_next_refresh(
    State(control): State<Control>,
    Path(id): Path<String>,
    Asked(whose): Asked<Whose>,
    Input(body): Input<FailingRefresh>,
) -> Called<Done> {
    let control = whose.of(&control)?;
    if body.deactivates {
        control.break_at_next_refresh(&id, body.feature)?;
    } else {
        control.fail_next_refresh(&id, body.feature)?;
    }
    done()
}

/// A deactivation that is announced.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Deactivation {
    /// In seconds since 1970.
    date: i64,
    /// Otherwise unspecified.
    cause: Option<DeactivationCause>,
    #[serde(default)]
    relink_required: bool,
}

/// Announce that an account will become inactive
#[utoipa::path(post, path = "/_sandbox/accounts/{id}/expect_deactivation",
    params(Whose, ("id" = String, Path)), request_body = Deactivation,
    responses((status = 200, body = Done), (status = 400, body = ErrorBody)))]
async fn expect_deactivation(
    State(control): State<Control>,
    Path(id): Path<String>,
    Asked(whose): Asked<Whose>,
    Input(body): Input<Deactivation>,
) -> Called<Done> {
    let cause = body.cause.unwrap_or(DeactivationCause::Unspecified);
    let control = whose.of(&control)?;
    control.expect_deactivation(&id, body.date, cause, body.relink_required)?;
    done()
}

/// Customers to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Customers {
    /// How many; otherwise one.
    #[schema(minimum = 0, maximum = 100_000)]
    count: Option<usize>,
}

/// Make customers
#[utoipa::path(post, path = "/_sandbox/customers", params(Whose), request_body = Option<Customers>,
    responses((status = 200, body = Ids), (status = 400, body = ErrorBody)))]
async fn create_customers(
    State(control): State<Control>,
    Asked(whose): Asked<Whose>,
    Input(body): Input<Customers>,
) -> Called<Ids> {
    let control = whose.of(&control)?;
    let count = body.count.unwrap_or(1);
    check_made(count)?;
    let ids = control.create_customers(count);
    Ok(Json(Ids { ids }))
}

/// The id of a new object.
#[derive(Serialize, ToSchema)]
struct Id {
    id: String,
}

/// Make a connected account of Stripe
#[utoipa::path(post, path = "/_sandbox/connected_accounts", request_body = Option<Nothing>,
    responses((status = 200, body = Id), (status = 400, body = ErrorBody)))]
async fn create_connected_account(
    State(control): State<Control>,
    Input(Nothing {}): Input<Nothing>,
) -> Called<Id> {
    Ok(Json(Id {
        id: control.create_connected_account(),
    }))
}

/// End every refresh that is pending
#[utoipa::path(post, path = "/_sandbox/refreshes/end", params(Whose), request_body = Option<Nothing>,
    responses((status = 200, body = Done), (status = 400, body = ErrorBody)))]
async fn end_refreshes(
    State(control): State<Control>,
    Asked(whose): Asked<Whose>,
    Input(Nothing {}): Input<Nothing>,
) -> Called<Done> {
    whose.of(&control)?.end_refreshes();
    done()
}

/// Accounts to seed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Seed {
    /// How many, over many customers, banks and kinds.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 100_000)]
    accounts: usize,
    /// Whether to add those that the program starts with.
    #[serde(default)]
    default: bool,
}

/// Add accounts without events, as if they had been there from the start
#[utoipa::path(post, path = "/_sandbox/seed", params(Whose), request_body = Option<Seed>,
    responses((status = 200, body = Done), (status = 400, body = ErrorBody)))]
async fn seed(
    State(control): State<Control>,
    Asked(whose): Asked<Whose>,
    Input(body): Input<Seed>,
) -> Called<Done> {
    let control = whose.of(&control)?;
    check_made(body.accounts)?;
    if body.default {
        control.seed_default();
    }
    control.seed_accounts(body.accounts);
    done()
}
