//! A report as text for a terminal, as Markdown for a pull request, as JSON for tools.
//!
//! The pointer of each change is long and mostly repeats its name. For people it is given once for
//! each operation, whose name does not tell its place; tools get every one of them.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value, json};

use super::effects::Effects;
use super::finding::{Finding, What};
use super::report::Report;
use crate::pointer::Pointer;

impl Report {
    /// The report for a terminal.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for line in self.head() {
            let _ = writeln!(text, "{line}");
        }
        let width = |of: fn(&Finding) -> String| {
            self.findings
                .iter()
                .map(|finding| of(finding).chars().count())
                .max()
                .unwrap_or(0)
        };
        let (names, events) = (width(|finding| finding.name.clone()), width(event));
        for (effects, findings) in self.groups() {
            let _ = writeln!(text, "\n{effects}");
            for finding in findings {
                let _ = write!(
                    text,
                    "  {:names$}  {:events$}",
                    finding.name,
                    event(finding)
                );
                let _ = writeln!(text, "  {}", detail(finding));
            }
        }
        let places = self.places();
        if !places.is_empty() {
            text += "\nplaces\n";
        }
        let width = places.keys().map(|name| name.chars().count()).max();
        let width = width.unwrap_or(0);
        for (name, at) in places {
            let _ = writeln!(text, "  {name:width$}  #{at}");
        }
        text.lines()
            .fold(String::new(), |text, line| text + line.trim_end() + "\n")
    }

    /// The report for a pull request.
    pub fn to_markdown(&self) -> String {
        let mut text = format!("## API document: {} → {}\n\n", self.from, self.to);
        for line in self.head().iter().skip(1) {
            let _ = writeln!(text, "- {line}");
        }
        for (effects, findings) in self.groups() {
            let _ = write!(
                text,
                "\n### {effects}\n\n| where | what | detail |\n| --- | --- | --- |\n"
            );
            for finding in findings {
                let cells = [code(&finding.name), event(finding), cell(&detail(finding))];
                let _ = writeln!(text, "| {} |", cells.join(" | "));
            }
        }
        let places = self.places();
        if !places.is_empty() {
            text += "\n### places\n\n| operation | pointer |\n| --- | --- |\n";
        }
        for (name, at) in places {
            let _ = writeln!(text, "| {} | {} |", code(name), code(&format!("#{at}")));
        }
        text
    }

    /// The report for tools.
    pub fn to_json(&self) -> Value {
        let findings = self.findings.iter().map(|finding| {
            json!({
                "name": finding.name,
                "pointer": finding.at.to_string(),
                "what": finding.what.to_string(),
                "change": finding.change.to_string(),
                "direction": finding.direction.map(|direction| direction.to_string()),
                "effects": finding.effects.names(),
                "was": finding.was,
                "now": finding.now,
                "note": finding.note,
            })
        });
        json!({
            "from": self.from,
            "to": self.to,
            "bump": {
                "before_1_0": self.effects().bump_before_1_0().to_string(),
                "from_1_0": self.effects().bump().to_string(),
            },
            "findings": findings.collect::<Vec<_>>(),
            "outside": {"operations": self.outside, "before": self.outside_before},
            "unknown": self.unknown.iter().map(ToString::to_string).collect::<Vec<_>>(),
        })
    }

    pub(super) fn head(&self) -> Vec<String> {
        let mut lines = vec![format!("{} → {}", self.from, self.to)];
        let counts: Vec<_> = self
            .groups()
            .iter()
            .map(|(name, of)| format!("{} {name}", of.len()))
            .collect();
        lines.push(match counts.is_empty() {
            true => "no change within the slice".to_owned(),
            false => format!("changes: {}", counts.join("; ")),
        });
        let effects = self.effects();
        lines.push(format!(
            "version bump: {} (before 1.0: {})",
            effects.bump(),
            effects.bump_before_1_0()
        ));
        let outside = format!("operations outside the slice: {}", self.outside);
        lines.push(match self.outside_before {
            // A trimmed document has none: that is no number to compare with.
            Some(before) if before != self.outside && self.outside > 0 => {
                format!("{outside}, before {before}")
            }
            _ => outside,
        });
        if !self.unknown.is_empty() {
            let unknown: Vec<_> = self.unknown.iter().map(ToString::to_string).collect();
            lines.push(format!("in neither document: {}", unknown.join(", ")));
        }
        lines
    }

    /// Where the operations are that are called by their names in Rust.
    fn places(&self) -> BTreeMap<&str, &Pointer> {
        let parts = self
            .findings
            .iter()
            .filter(|finding| finding.what != What::Operation);
        parts
            .map(|finding| &finding.whole)
            .filter(|whole| {
                whole
                    .at
                    .segments()
                    .first()
                    .is_some_and(|top| top == "paths")
            })
            .filter(|whole| !whole.name.contains('/'))
            .map(|whole| (whole.name.as_str(), &whole.at))
            .collect()
    }

    /// The findings by their effects, in the report's order.
    fn groups(&self) -> Vec<(Effects, &[Finding])> {
        let same = |left: &Finding, right: &Finding| left.effects == right.effects;
        self.findings
            .chunk_by(same)
            .map(|group| (group[0].effects, group))
            .collect()
    }
}

fn event(finding: &Finding) -> String {
    format!("{} {}", finding.what, finding.change)
}

fn detail(finding: &Finding) -> String {
    let value = match finding.values() {
        (Some(was), Some(now)) => Some(format!("{was} → {now}")),
        (Some(one), None) | (None, Some(one)) => Some(one.to_owned()),
        (None, None) => None,
    };
    let direction = finding.direction.map(|direction| format!("({direction})"));
    let words: Vec<_> = value.into_iter().chain(direction).collect();
    let note = finding.note.iter().cloned();
    let parts = (!words.is_empty()).then(|| words.join(" "));
    parts.into_iter().chain(note).collect::<Vec<_>>().join("; ")
}

fn code(text: &str) -> String {
    format!("`{}`", cell(text))
}

/// A bar would end the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
