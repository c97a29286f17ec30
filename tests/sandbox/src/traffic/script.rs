//! The pending faults, and the requests that they are for.

use std::collections::VecDeque;

use super::faults::Fault;
use crate::api::Operation;
use crate::system::Random;

/// What a fault can ask of a request.
#[derive(Clone, Debug)]
pub(crate) struct Target<'a> {
    pub(crate) operation: Option<Operation>,
    pub(crate) path: &'a str,
    /// The ids of accounts in the request.
    pub(crate) accounts: Vec<&'a str>,
}

/// The pending faults, in the order in which they were added.
#[derive(Clone, Debug)]
pub(crate) struct Faults {
    script: VecDeque<Fault>,
    dice: Random,
}

impl Faults {
    pub(crate) const fn new(dice: Random) -> Self {
        Self {
            script: VecDeque::new(),
            dice,
        }
    }

    pub(crate) fn add(&mut self, fault: Fault) {
        if fault.times > 0 {
            self.script.push_back(fault);
        }
    }

    pub(crate) fn pending(&self) -> impl Iterator<Item = &Fault> {
        self.script.iter()
    }

    pub(crate) fn clear(&mut self) {
        self.script.clear();
    }

    /// Forgets the requests to hold, for a snapshot in which nobody releases them.
    pub(crate) fn forget_holds(&mut self) {
        self.script.retain(|fault| fault.hold.is_none());
    }

    pub(crate) fn len(&self) -> usize {
        self.script.len()
    }

    /// Takes the fault for a request: the first that applies to it and has nothing left to skip.
    pub(crate) fn take(&mut self, target: &Target<'_>) -> Option<Fault> {
        let mut at = 0;
        while let Some(fault) = self.script.get_mut(at) {
            let means_it = fault.means(target)
                && (fault.probability >= 1.0 || self.dice.fraction() < fault.probability);
            if means_it && fault.skip > 0 {
                fault.skip -= 1;
            } else if means_it {
                fault.times -= 1;
                let fault = fault.clone();
                if fault.times == 0 {
                    self.script.remove(at);
                }
                return Some(fault);
            }
            at += 1;
        }
        None
    }
}

impl Fault {
    fn means(&self, target: &Target<'_>) -> bool {
        let account = |account: &String| target.accounts.contains(&account.as_str());
        (self.operation.is_none() || self.operation == target.operation)
            && self.account.as_ref().is_none_or(account)
            && self
                .path
                .as_deref()
                .is_none_or(|pattern| matches(pattern, target.path))
    }
}

/// Whether a path is like a pattern, in which `*` stands for anything.
pub(crate) fn matches(pattern: &str, path: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|start| path.strip_prefix(start)) else {
        return false;
    };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, path, like) in [
            ("/v1/events", "/v1/events", true),
            ("/v1/events", "/v1/events/evt_1", false),
            ("/v1/events*", "/v1/events/evt_1", true),
            ("*/refresh", "/v1/a/refresh", true),
            ("*/refresh", "/v1/a/refreshed", false),
            ("/v1/*/a/*/b", "/v1/x/a/y/b", true),
            ("/v1/*/a/*/b", "/v1/x/a/b", false),
            ("*", "", true),
            ("a*a", "a", false),
            ("", "", true),
            ("", "/", false),
        ] {
            assert_eq!(matches(pattern, path), like, "{pattern} {path}");
        }
    }
}
