//! What the types accept, against what the document allows.

use std::collections::BTreeSet;

use super::examples;
use super::reading::{all, read, tried};
use crate::comparison::committed::{reading, types};
use crate::comparison::names;

#[test]
fn whatever_the_document_allows_comes_back_whole() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (name, schema) in all(names::marked()) {
        for problem in tried(names::marked(), &name, &schema) {
            count += 1;
            wrong.extend(problem);
        }
    }
    println!("{count} examples of answers");
    assert!(
        wrong.is_empty(),
        "{} of {count}\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_object_of_an_answer_is_read() {
    let read_here: BTreeSet<String> = all(names::marked())
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let objects = types()
        .iter()
        .filter(|(place, keyword, values)| {
            let is_type =
                place.chars().all(char::is_alphanumeric) && !place.starts_with(char::is_lowercase);
            is_type && *keyword == "additional" && values.contains("open")
        })
        .map(|(place, _, _)| place.to_owned());
    let missing: Vec<String> = objects.filter(|name| !read_here.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn what_is_marked_sensitive_is_not_shown() {
    let mut checked = 0;
    for (name, schema) in all(names::marked()) {
        let whole = &examples::of(names::marked(), &name, &schema)[0].value;
        let (_, shown) = read(&name, &whole.to_string()).unwrap().unwrap();
        for (place, keyword, _) in reading().marks.iter() {
            if keyword == "sensitive" && whole.to_string().contains(&format!("\"text of {place}\""))
            {
                assert!(
                    !shown.contains(&format!("text of {place}")),
                    "{name} shows {place}"
                );
                checked += 1;
            }
        }
    }
    assert!(checked > 10, "only {checked}");
}
