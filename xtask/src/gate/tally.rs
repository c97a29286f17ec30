//! How many tests passed and failed, read from the lines of whichever runner ran them.

use std::fmt;

/// Counted tests.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    passed: usize,
    failed: usize,
}

impl Tally {
    /// Counts what a runner's line of results tells; any other line counts nothing.
    pub(super) fn read(&mut self, line: &str) {
        let line = line.trim_start();
        if !(line.starts_with("test result:") || line.starts_with("Summary [")) {
            return;
        }
        let words: Vec<_> = line
            .split([' ', ',', ';'])
            .filter(|word| !word.is_empty())
            .collect();
        for pair in words.windows(2) {
            let Ok(count) = pair[0].parse::<usize>() else {
                continue;
            };
            match pair[1] {
                "passed" => self.passed += count,
                "failed" | "timed" | "exec" => self.failed += count,
                _ => {}
            }
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_runners_are_understood() {
        let mut tally = Tally::default();
        for line in [
            "test result: ok. 9 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out",
            "     Summary [   0.012s] 12 tests run: 10 passed (1 slow), 2 failed, 1 timed out, 3 skipped",
            "test sums::test_result ... ok",
            "7 passed",
        ] {
            tally.read(line);
        }
        assert_eq!(tally.to_string(), "19 passed, 3 failed");
    }
}
