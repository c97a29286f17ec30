#![doc = include_str!("../README.md")]

mod api;
mod choices;
mod control;
mod errors;
mod exchange;
mod kinds;
mod ledger;
mod limits;
mod objects;
mod operations;
mod program;
mod sandbox;
mod server;
mod settings;
mod store;
mod system;
mod traffic;
mod webhooks;
mod wire;
mod work;
mod world;

pub use crate::api::Operation;
pub use crate::choices::{
    ConflictType, DisconnectedData, KeyPolicy, LimitPolicy, NotFoundParam, Repeat,
    TransactionOrder, UnknownFilter, VersionPolicy,
};
pub use crate::control::{AccountSummary, Control, Snapshot, WebhookEndpoint};
pub use crate::errors::{ControlError, ControlResult};
pub use crate::kinds::{
    AccountKind, AccountNumberStatus, DeactivationCause, EventStyle, Feature, PaymentMethodType,
    Permission, RefreshStatus, Status, TransactionStatus,
};
pub use crate::objects::{
    AccountNumber, BankBalance, Holder, NewAccount, NewOwner, NewTransaction,
};
pub use crate::program::{Options, serve};
pub use crate::sandbox::{Builder, Sandbox};
pub use crate::settings::Settings;
pub use crate::system::Clock;
pub use crate::traffic::{Fault, Held, KeyKind, Recorded, Reply, Stage};
pub use crate::webhooks::{Delivered, NewEndpoint};
