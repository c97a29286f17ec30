//! How a file differs from what would be generated.

use std::path::PathBuf;

use anyhow::Result;
use similar::TextDiff;

use super::project::Project;
use crate::paths::{read, shown};
use crate::report::warn;

/// A diff longer than this is left to `git diff`.
const DIFF_LINES: usize = 60;

/// A file that is not what would be generated.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) path: PathBuf,
    pub(super) state: State,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum State {
    Missing,
    Stale {
        committed: String,
        generated: String,
    },
    /// Was generated once.
    Surplus,
    /// Was never generated, in a folder that holds nothing else.
    Foreign,
    /// Was edited since it was generated, or was not generated: the reason says which.
    InTheWay(String),
}

impl Difference {
    /// What a crate's folder differs in.
    pub(super) fn of(project: &Project) -> Result<Vec<Self>> {
        let mut differences = Vec::new();
        for (path, generated) in &project.write {
            let state = match path.exists() {
                false => State::Missing,
                true => State::Stale {
                    committed: read(path)?,
                    generated: generated.clone(),
                },
            };
            let path = path.clone();
            differences.push(Self { path, state });
        }
        differences.extend(project.remove.iter().map(|path| Self {
            path: path.clone(),
            state: State::Surplus,
        }));
        differences.extend(project.obstacles.iter().map(|(path, reason)| Self {
            path: path.clone(),
            state: State::InTheWay((*reason).to_owned()),
        }));
        Ok(differences)
    }

    fn line(&self) -> String {
        let path = shown(&self.path);
        match &self.state {
            State::Missing => format!("missing: {path}"),
            State::Stale { .. } => format!("stale:   {path}"),
            State::Surplus => format!("surplus: {path}"),
            State::Foreign => format!("foreign: {path} was not generated: move it elsewhere"),
            State::InTheWay(reason) => format!("edited:  {path} {reason}"),
        }
    }
}

/// Lists every file that differs, in full if `verbose`. Whether there was none.
pub(super) fn tell(differences: &[Difference], verbose: bool) -> bool {
    for difference in differences {
        warn(difference.line());
        if let State::Stale {
            committed,
            generated,
        } = &difference.state
            && verbose
        {
            warn(diff(committed, generated));
        }
    }
    differences.is_empty()
}

fn diff(committed: &str, generated: &str) -> String {
    let diff = TextDiff::from_lines(committed, generated);
    let diff = diff
        .unified_diff()
        .context_radius(2)
        .header("committed", "generated")
        .to_string();
    let count = diff.lines().count();
    let mut lines: Vec<_> = diff.lines().take(DIFF_LINES).map(str::to_owned).collect();
    if count > DIFF_LINES {
        lines.push(format!("… {} more lines", count - DIFF_LINES));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_diff_is_cut_short() {
        let lines: String = (0..200).map(|line| format!("{line}\n")).collect();
        let diff = diff("", &lines);
        assert_eq!(diff.lines().count(), DIFF_LINES + 1);
        assert!(diff.ends_with("more lines"), "{diff}");
    }
}
