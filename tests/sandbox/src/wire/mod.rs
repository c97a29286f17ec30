//! Requests and responses as they cross the wire, whatever they are about.

pub(crate) mod expand;
mod form;
mod message;
pub(crate) mod page;
pub(crate) mod params;
mod route;

pub(crate) use self::form::Node;
pub(crate) use self::message::{Answer, Cut, Incoming};
pub(crate) use self::route::Route;
