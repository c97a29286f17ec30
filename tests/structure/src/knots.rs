//! Circles in a directed graph.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// For each node those to which it has an edge.
pub(crate) type Graph<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// The sets of nodes that all lead to one another, of two nodes or more.
pub(crate) fn knots<'a>(graph: &Graph<'a>) -> Vec<BTreeSet<&'a str>> {
    let mut backwards = Graph::new();
    for (from, to) in graph {
        for to in to {
            backwards.entry(to).or_default().insert(from);
        }
    }
    let mut left: BTreeSet<_> = graph.keys().copied().collect();
    let mut knots = Vec::new();
    while let Some(&node) = left.first() {
        let below = reached(graph, node);
        let knot: BTreeSet<_> = reached(&backwards, node)
            .intersection(&below)
            .copied()
            .collect();
        left.retain(|node| !knot.contains(node));
        left.remove(node);
        if knot.len() > 1 {
            knots.push(knot);
        }
    }
    knots
}

/// The nodes to which edges lead from `start`, itself among them.
fn reached<'a>(graph: &Graph<'a>, start: &'a str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::from([start]);
    let mut todo = vec![start];
    while let Some(node) = todo.pop() {
        for &next in graph.get(node).into_iter().flatten() {
            if reached.insert(next) {
                todo.push(next);
            }
        }
    }
    reached
}

/// The nodes of a shortest circle within a knot, each leading to the next and the last to the first.
pub(crate) fn shortest<'a>(graph: &Graph<'a>, knot: &BTreeSet<&'a str>) -> Vec<&'a str> {
    let circles = knot.iter().filter_map(|node| back_to(graph, node));
    circles.min_by_key(Vec::len).unwrap_or_default()
}

/// A shortest way from a node back to itself.
fn back_to<'a>(graph: &Graph<'a>, start: &'a str) -> Option<Vec<&'a str>> {
    let mut came_from = BTreeMap::new();
    let mut todo = VecDeque::from([start]);
    while let Some(node) = todo.pop_front() {
        for &next in graph.get(node).into_iter().flatten() {
            if next == start {
                let mut way = vec![node];
                while let Some(&before) = way.last().and_then(|node| came_from.get(node)) {
                    way.push(before);
                }
                way.reverse();
                return Some(way);
            }
            if !came_from.contains_key(next) {
                came_from.insert(next, node);
                todo.push_back(next);
            }
        }
    }
    None
}
