//! Thin events: a reference to the object in place of the object.

use serde_json::{Value, json};

use super::event::Event;
use crate::store::Tenant;

impl Event {
    /// The event without its object.
    pub(crate) fn thin(&self, tenant: &Tenant, connected: bool, api_version: &str) -> Value {
        let about = self.object();
        let id = about["id"].as_str().unwrap_or_default();
        let object = about["object"].as_str().unwrap_or_default();
        let collection = object.rsplit('.').next().unwrap_or_default();
        let mut event = json!({
            "id": self.id,
            "object": "v2.core.event",
            "created": timestamp(self.created),
            "livemode": tenant.livemode,
            "related_object": {
                "id": id,
                "type": object,
                "url": format!("/v1/financial_connections/{collection}s/{id}"),
            },
            "type": format!("v1.{}", self.thin_kind(&about, api_version)),
        });
        if connected {
            event["context"] = tenant.account.as_str().into();
        }
        if let Some(cause) = &self.cause {
            event["reason"] = json!({
                "type": "request",
                "request": {"id": cause.request, "idempotency_key": cause.idempotency_key},
            });
        }
        event
    }

    /// From 2026-10-28 on, success and failure of a refresh are separate thin events.
    fn thin_kind(&self, about: &Value, api_version: &str) -> String {
        let (family, what) = self.kind.rsplit_once('.').unwrap_or_default();
        let split = match what {
            "refreshed_balance" => Some(("balance", "balance_refresh")),
            "refreshed_ownership" => Some(("ownership", "ownership_refresh")),
            "refreshed_transactions" => Some(("transactions", "transaction_refresh")),
            _ => None,
        };
        match split {
            Some((name, field)) if api_version >= "2026-10-28" => {
                let status = about[field]["status"].as_str().unwrap_or_default();
                format!("{family}.{name}_refresh_{status}")
            }
            _ => self.kind.clone(),
        }
    }
}

/// Seconds since 1970 as RFC 3339, as in thin events.
fn timestamp(unix_seconds: i64) -> String {
    let days = unix_seconds.div_euclid(86_400);
    let second = unix_seconds.rem_euclid(86_400);
    // The civil calendar, counted in eras of 400 years from the first of March of the year 0.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.000Z",
        second / 3_600,
        second / 60 % 60,
        second % 60
    )
}

#[cfg(test)]
mod tests {
    use super::timestamp;

    #[test]
    fn timestamps_are_of_the_civil_calendar() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_827_696, "2000-02-29T12:34:56.000Z"),
            (1_790_812_800, "2026-10-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.000Z"),
        ] {
            assert_eq!(timestamp(seconds), text);
        }
    }
}
