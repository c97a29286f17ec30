//! The table: as text, in its file, and against the one that is committed.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use super::rows::{Bar, Row};
use crate::paths::{in_workspace, read};

const RESULTS: &str = "xtask/bench/RESULTS.md";
const BEGIN: &str = "<!-- begin: cargo xtask bench -->\n";
const END: &str = "<!-- end: cargo xtask bench -->";
/// How much worse a ratio may become before it is a change for the worse.
const TOLERANCE: f64 = 0.05;

pub(super) struct Table(String);

impl Row {
    /// The row as it stands in the table.
    pub(super) fn line(&self) -> String {
        let Self { ratio, unit, .. } = self;
        let spread = match ratio.pairs {
            0 => "exact".to_owned(),
            1 => "one pair".to_owned(),
            _ => format!("{:.2} to {:.2}", ratio.low, ratio.high),
        };
        let (bar, is_met) = match self.bar {
            Bar::AtMost(bar) => (format!("≤ {bar:.2}"), ratio.median <= bar),
            Bar::AtLeast(bar) => (format!("≥ {bar:.2}"), ratio.median >= bar),
            Bar::More(bar) => (format!("≤ floor + {bar}"), self.ours <= self.floor + bar),
        };
        let peer = self
            .peer
            .map_or("–".to_owned(), |peer| format!("{peer:.2}"));
        format!(
            "| {} | {} {unit} | {} {unit} | {:.3} | {spread} | {bar}{} | {peer} |",
            self.what,
            number(self.floor),
            number(self.ours),
            ratio.median,
            if is_met { "" } else { " **missed**" },
        )
    }
}

impl Table {
    pub(super) fn of(rows: &[Row]) -> Result<Self> {
        let lines: Vec<_> = rows.iter().map(Row::line).collect();
        Ok(Self(format!(
            "{}\n\n\
             | what | floor | ours | ours ÷ floor | spread | bar | async-stripe ÷ floor |\n\
             | --- | ---: | ---: | ---: | --- | --- | ---: |\n\
             {}\n",
            machine()?,
            lines.join("\n")
        )))
    }

    pub(super) fn text(&self) -> &str {
        &self.0
    }

    /// Puts the table into its place in the file of results.
    pub(super) fn write(&self) -> Result<()> {
        let path = in_workspace(RESULTS);
        let text = read(&path)?;
        let (before, _, after) = parts(&text)?;
        fs::write(path, [before, BEGIN, &self.0, END, after].concat())?;
        Ok(())
    }

    /// What has become worse than in the committed table, a sentence each.
    pub(super) fn worse_than_committed(&self, rows: &[Row]) -> Result<Vec<String>> {
        let text = read(&in_workspace(RESULTS))?;
        let (_, committed, _) = parts(&text)?;
        Ok(rows
            .iter()
            .filter_map(|row| worse(row, committed))
            .collect())
    }
}

/// The file before, in and after the table.
fn parts(text: &str) -> Result<(&str, &str, &str)> {
    let parts = text.split_once(BEGIN).and_then(|(before, rest)| {
        let (table, after) = rest.split_once(END)?;
        Some((before, table, after))
    });
    parts.with_context(|| format!("{RESULTS} lacks the lines between which the table goes"))
}

/// How a row is worse than it was, if even the better end of its spread is.
fn worse(row: &Row, committed: &str) -> Option<String> {
    let line = committed
        .lines()
        .find_map(|line| line.strip_prefix(&format!("| {} |", row.what)))?;
    let before: f64 = line.split('|').nth(2)?.trim().parse().ok()?;
    let (is_worse, now) = match row.bar {
        Bar::AtMost(_) | Bar::More(_) => {
            (row.ratio.low > before * (1.0 + TOLERANCE), row.ratio.low)
        }
        Bar::AtLeast(_) => (row.ratio.high < before * (1.0 - TOLERANCE), row.ratio.high),
    };
    is_worse.then(|| format!("worse: {}: {now:.3}, and was {before:.3}", row.what))
}

fn number(number: f64) -> String {
    if number < 100.0 && number.fract() != 0.0 {
        return format!("{number:.1}");
    }
    let digits = format!("{number:.0}");
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// When and on what it was measured, without anybody's name.
fn machine() -> Result<String> {
    let cpus = fs::read_to_string("/proc/cpuinfo").context("this needs Linux")?;
    let model = cpus
        .lines()
        .find_map(|line| line.strip_prefix("model name"));
    let model = model.map_or("unknown CPU", |model| model.trim_matches([' ', '\t', ':']));
    let threads = std::thread::available_parallelism()?;
    let load = fs::read_to_string("/proc/loadavg")?;
    let load = load.split(' ').next().unwrap_or_default();
    Ok(format!(
        "{}, {threads} threads of {model}, load {load}, {}",
        output("date", &["-u", "+%F"])?,
        output("rustc", &["--version"])?
    ))
}

fn output(program: &str, arguments: &[&str]) -> Result<String> {
    let output = Command::new(program).args(arguments).output()?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::ratio::Ratio;
    use super::*;

    fn row(ratio: Ratio, bar: Bar) -> Row {
        Row {
            what: "retrieve: CPU time".to_owned(),
            unit: "µs",
            floor: 10.0,
            ours: 12_345.0,
            ratio,
            peer: None,
            bar,
        }
    }

    #[test]
    fn a_row_is_worse_when_its_better_end_is() {
        let ratio = |low, high| Ratio {
            median: 1.0,
            low,
            high,
            pairs: 3,
        };
        let committed = row(Ratio::exact(1.0), Bar::AtMost(2.0)).line();
        let check = |ratio, bar, expected| {
            assert_eq!(worse(&row(ratio, bar), &committed).is_some(), expected);
        };
        check(ratio(1.04, 1.3), Bar::AtMost(2.0), false);
        check(ratio(1.06, 1.3), Bar::AtMost(2.0), true);
        check(ratio(0.7, 0.96), Bar::AtLeast(0.5), false);
        check(ratio(0.7, 0.94), Bar::AtLeast(0.5), true);
    }

    #[test]
    fn a_missed_bar_is_told() {
        let line = |bar| row(Ratio::exact(1.2), bar).line();
        assert!(
            line(Bar::AtMost(1.1)).contains("| 12,345 µs | 1.200 | exact | ≤ 1.10 **missed** |")
        );
        assert!(!line(Bar::AtMost(1.3)).contains("missed"));
        assert!(line(Bar::More(8.0)).contains("≤ floor + 8 **missed**"));
    }
}
