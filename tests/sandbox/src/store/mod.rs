//! How data is kept: rows in their order, apart for each tenant.

mod shelf;
mod tenant;

pub(crate) use self::shelf::{Index, Row, Shelf};
pub(crate) use self::tenant::Tenant;
