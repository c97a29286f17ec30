//! Filters by time, such as `transacted_at` and `created`.

use serde_json::Value;

/// A point in time, or bounds.
pub(super) struct Times {
    from: i64,
    to: i64,
}

impl Times {
    pub(super) fn read(param: &Value) -> Self {
        if let Some(at) = param.as_i64() {
            return Self { from: at, to: at };
        }
        let bound = |name: &str| param[name].as_i64();
        let after = bound("gt").map(|at| at.saturating_add(1));
        let before = bound("lt").map(|at| at.saturating_sub(1));
        Self {
            from: after.max(bound("gte")).unwrap_or(i64::MIN),
            to: [before, bound("lte")]
                .into_iter()
                .flatten()
                .min()
                .unwrap_or(i64::MAX),
        }
    }

    pub(super) const fn holds(&self, at: i64) -> bool {
        self.from <= at && at <= self.to
    }
}
