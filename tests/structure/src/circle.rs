//! Circles of imports between files, and between folders.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::folders::{Location, folders};
use crate::imports::{Import, Imports};
use crate::knots::{Graph, knots, shortest};

/// Files or folders that import one another.
#[derive(Clone, Debug)]
pub struct Circle {
    /// The folder in which the members lie, empty for the source folder itself. None if they are files.
    pub folder: Option<String>,
    /// All that hang together: files, or folders and stems of files.
    pub members: Vec<String>,
    /// The imports of a shortest circle among the members.
    pub imports: Vec<Import>,
}

/// The circles between files, and those between folders in which no circle between files takes part:
/// cutting that one may well cut the other.
pub fn circles(imports: &Imports) -> Vec<Circle> {
    let all = || imports.imports.iter();
    let mut found = between(
        all().map(|import| (import.from.as_str(), import.to.as_str(), import)),
        None,
    );
    let of_files: Vec<Vec<String>> = found.iter().map(|circle| circle.members.clone()).collect();
    let known = folders(&imports.files);
    let location = |file| Location::of(file, &known);
    let locations: Vec<_> = imports.files.iter().map(|file| location(file)).collect();
    let every: BTreeSet<_> = locations.iter().flat_map(Location::folders).collect();
    for folder in every {
        let entry = |file| location(file).entry(folder);
        let edges = all().filter_map(|import| {
            let (from, to) = (entry(&import.from)?, entry(&import.to)?);
            (from != to).then_some((from, to, import))
        });
        let circles = between(edges, Some(folder.join("/")));
        found.extend(circles.into_iter().filter(|circle| {
            !of_files.iter().any(|files| {
                let told: BTreeSet<_> = files.iter().filter_map(|file| entry(file)).collect();
                let members = circle.members.iter();
                members
                    .filter(|member| told.contains(member.as_str()))
                    .count()
                    > 1
            })
        }));
    }
    found
}

fn between<'a>(
    edges: impl Iterator<Item = (&'a str, &'a str, &'a Import)>,
    folder: Option<String>,
) -> Vec<Circle> {
    let mut graph = Graph::new();
    let mut reasons = BTreeMap::new();
    for (from, to, import) in edges {
        graph.entry(from).or_default().insert(to);
        reasons.entry((from, to)).or_insert(import);
    }
    let knots = knots(&graph).into_iter();
    knots
        .map(|knot| {
            let way = shortest(&graph, &knot);
            let next = way.iter().cycle().skip(1);
            let steps = way.iter().zip(next);
            Circle {
                folder: folder.clone(),
                members: knot.iter().map(|&member| member.to_owned()).collect(),
                imports: steps
                    .filter_map(|(&from, &to)| reasons.get(&(from, to)))
                    .map(|&import| import.clone())
                    .collect(),
            }
        })
        .collect()
}

impl fmt::Display for Circle {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let members = self.members.join(", ");
        match self.folder.as_deref() {
            None => writeln!(out, "circle of files: {members}")?,
            Some("") => writeln!(out, "circle of folders: {members}")?,
            Some(folder) => writeln!(out, "circle of folders in {folder}: {members}")?,
        }
        for import in &self.imports {
            writeln!(out, "  {import}")?;
        }
        if self.imports.len() < self.members.len() {
            writeln!(
                out,
                "  and more of their imports go round: this is a shortest circle"
            )?;
        }
        out.write_str("  help: cut one line, by moving what it names below both")
    }
}
