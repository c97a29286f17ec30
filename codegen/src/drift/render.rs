//! A report as text for a terminal, as Markdown for a pull request, as JSON for tools.

use std::fmt::Write;

use serde_json::{Value, json};

use super::effects::Effects;
use super::finding::Finding;
use super::report::Report;

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
                let _ = writeln!(text, "    #{}", finding.at);
            }
        }
        text
    }

    /// The report for a pull request.
    pub fn to_markdown(&self) -> String {
        let mut text = format!("## Stripe's API document: {} → {}\n\n", self.from, self.to);
        for line in self.head().iter().skip(1) {
            let _ = writeln!(text, "- {line}");
        }
        for (effects, findings) in self.groups() {
            let _ = write!(
                text,
                "\n### {effects}\n\n| where | what | detail | pointer |\n| --- | --- | --- | --- |\n"
            );
            for finding in findings {
                let cells = [
                    code(&finding.name),
                    event(finding),
                    cell(&detail(finding)),
                    code(&format!("#{}", finding.at)),
                ];
                let _ = writeln!(text, "| {} |", cells.join(" | "));
            }
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
            Some(before) if before != self.outside => format!("{outside}, before {before}"),
            _ => outside,
        });
        lines
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
    let mut detail = match (&finding.was, &finding.now) {
        (Some(was), Some(now)) => format!("{was} → {now}"),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => String::new(),
    };
    if let Some(direction) = finding.direction {
        let _ = write!(detail, " ({direction})");
    }
    if let Some(note) = &finding.note {
        let _ = write!(detail, "; {note}");
    }
    detail
}

fn code(text: &str) -> String {
    format!("`{}`", cell(text))
}

/// A bar would end the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
