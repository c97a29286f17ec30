//! A report as one page that needs nothing else: for reading in a browser, on a phone as well.

use std::fmt::Write;

use super::finding::Finding;
use super::report::Report;

/// Colours follow the reader's setting; on a wide screen what breaks stands beside what adds.
const STYLE: &str = "\
:root { color-scheme: light dark; --line: #8884; --soft: #8882; --bad: #c0392b; --good: #1e8449; }
* { box-sizing: border-box; }
body { font: 16px/1.45 system-ui, sans-serif; margin: 0 auto; max-width: 76rem; padding: 1rem; }
h1 { font-size: 1.35rem; margin: 0 0 .5rem; }
h2 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; padding-top: .5rem; border-top: 3px solid var(--line); }
.breaks h2 { border-color: var(--bad); }
.adds h2 { border-color: var(--good); }
ul.head { padding-left: 1.1rem; margin: 0; }
article { border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .75rem; margin: .6rem 0; }
h3 { font: 600 .95rem/1.4 ui-monospace, monospace; margin: 0; overflow-wrap: anywhere; }
p { margin: .25rem 0 0; }
.what { font-size: .85rem; opacity: .8; }
del, ins, code { font: .85rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; text-decoration: none;
  background: var(--soft); border-radius: .25rem; padding: .05rem .3rem; }
del { color: var(--bad); } ins { color: var(--good); }
del::before { content: \"− \"; } ins::before { content: \"+ \"; }
small { display: block; opacity: .7; overflow-wrap: anywhere; margin-top: .3rem; }
@media (min-width: 60rem) { .columns { display: grid; grid-template-columns: 1fr 1fr; gap: 2rem; align-items: start; } }
";

impl Report {
    /// The report as one self-contained page of HTML.
    pub fn to_html(&self) -> String {
        let mut head = String::new();
        for line in self.head().iter().skip(1) {
            let _ = writeln!(head, "<li>{}</li>", escaped(line));
        }
        let (breaks, others): (Vec<_>, Vec<_>) = self
            .findings
            .iter()
            .partition(|finding| finding.effects.breaks());
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{from} → {to}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
             <h1>API document: {from} → {to}</h1>\n<ul class=\"head\">\n{head}</ul>\n\
             <div class=\"columns\">\n{}{}</div>\n</body>\n</html>\n",
            column("breaks", "Breaks", "Nothing breaks.", &breaks),
            column(
                "adds",
                "Adds, or only documents",
                "Nothing is added.",
                &others
            ),
            from = escaped(&self.from),
            to = escaped(&self.to),
        )
    }
}

fn column(class: &str, title: &str, none: &str, findings: &[&Finding]) -> String {
    let mut text = format!(
        "<section class=\"{class}\">\n<h2>{title} ({})</h2>\n",
        findings.len()
    );
    if findings.is_empty() {
        let _ = writeln!(text, "<p>{none}</p>");
    }
    for finding in findings {
        text += &article(finding);
    }
    text + "</section>\n"
}

fn article(finding: &Finding) -> String {
    let Finding {
        name,
        at,
        what,
        change,
        direction,
        effects,
        note,
        ..
    } = finding;
    let direction = direction
        .map(|direction| format!(", {direction}"))
        .unwrap_or_default();
    let mut text = format!(
        "<article>\n<h3>{}</h3>\n<p class=\"what\">{what} {change}{direction}: {effects}</p>\n",
        escaped(name)
    );
    let (was, now) = finding.values();
    if let Some(was) = was {
        let _ = writeln!(text, "<p><del>{}</del></p>", escaped(was));
    }
    if let Some(now) = now {
        let _ = writeln!(text, "<p><ins>{}</ins></p>", escaped(now));
    }
    if let Some(note) = note {
        let _ = writeln!(text, "<p>{}</p>", escaped(note));
    }
    text + &format!("<small>#{}</small>\n</article>\n", escaped(&at.to_string()))
}

/// Text that can stand in an element.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
