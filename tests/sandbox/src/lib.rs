#![doc = include_str!("../README.md")]

mod accounts;
mod admission;
mod auth;
mod bank;
mod calls;
mod clock;
mod control;
mod deliver;
mod document;
mod errors;
mod events;
mod exchange;
mod expand;
mod faults;
mod form;
mod holders;
mod idempotency;
mod kinds;
mod linking;
mod log;
mod message;
mod owners;
mod page;
mod params;
mod program;
mod random;
mod rate;
mod refresh;
mod route;
mod sandbox;
mod schedule;
mod seed;
mod server;
mod sessions;
mod settings;
mod shared;
mod store;
mod transactions;
mod validate;
mod version;
mod webhooks;
mod work;
mod world;

pub use crate::accounts::AccountNumber;
pub use crate::auth::KeyKind;
pub use crate::bank::{BankBalance, NewTransaction};
pub use crate::clock::Clock;
pub use crate::control::{AccountSummary, Control, ControlError, ControlResult, WebhookEndpoint};
pub use crate::faults::{Fault, Held, Reply, Stage};
pub use crate::holders::Holder;
pub use crate::kinds::{
    AccountKind, AccountNumberStatus, DeactivationCause, EventStyle, Feature, PaymentMethodType,
    Permission, RefreshStatus, Status, TransactionStatus,
};
pub use crate::linking::NewAccount;
pub use crate::log::Recorded;
pub use crate::owners::NewOwner;
pub use crate::program::{Options, serve};
pub use crate::route::Operation;
pub use crate::sandbox::{Builder, Sandbox};
pub use crate::settings::{
    ConflictType, DisconnectedData, LimitPolicy, NotFoundParam, Repeat, Settings, TransactionOrder,
    UnknownFilter, VersionPolicy,
};
pub use crate::webhooks::{Delivered, NewEndpoint};
