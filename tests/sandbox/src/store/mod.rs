//! Storage: rows in the order of creation, and tenants.

mod recent;
mod shelf;
mod tenant;

pub(crate) use self::recent::Recent;
pub(crate) use self::shelf::{Index, Row, Shelf};
pub(crate) use self::tenant::Tenant;
