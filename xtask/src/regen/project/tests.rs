//! A crate from its first generation on.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use codegen::RuntimeSource;
use serde_json::{Value, json};

use super::{Inputs, prepare};
use crate::write::{FileSet, files_below};

/// A folder with a document and a slice file, and a place for the crate.
struct Place {
    root: tempfile::TempDir,
    slice: PathBuf,
    document: PathBuf,
}

impl Place {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let place = Self {
            slice: root.path().join("slice.toml"),
            document: root.path().join("document.json"),
            root,
        };
        place.document("2026-01-01", &["name"]);
        fs::write(&place.slice, "include = [\"/**\"]\n").unwrap();
        place
    }

    fn at(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn document(&self, version: &str, fields: &[&str]) {
        let text = json!({ "type": "string" });
        let mut properties: BTreeMap<&str, &Value> =
            fields.iter().map(|field| (*field, &text)).collect();
        properties.insert("id", &text);
        let thing = json!({
            "type": "object", "required": ["id"], "properties": properties,
        });
        let answer = json!({ "description": "", "content": { "application/json": {
            "schema": { "$ref": "#/components/schemas/thing" },
        } } });
        let document = json!({
            "openapi": "3.0.0",
            "info": { "title": "", "version": version },
            "paths": { "/v1/things/{id}": { "get": {
                "operationId": "GetThing",
                "parameters": [{ "in": "path", "name": "id", "required": true, "schema": text }],
                "responses": { "200": answer },
            } } },
            "components": { "schemas": { "thing": thing } },
        });
        fs::write(&self.document, document.to_string()).unwrap();
    }

    /// Generates the crate for the first time.
    fn first(&self) {
        self.run(|inputs| {
            self.sources(inputs);
            inputs.package = Some("stripe-things");
        })
        .unwrap();
    }

    /// Names the document and the slice file, as for a new crate.
    fn sources<'i>(&'i self, inputs: &mut Inputs<'i>) {
        inputs.slice = Some(&self.slice);
        inputs.document = Some(&self.document);
    }

    /// Generates it with what `set` sets. The version of the API that it asks for is given back.
    fn run<'i>(&'i self, set: impl FnOnce(&mut Inputs<'i>)) -> Result<String> {
        let folder = self.at("crate");
        let mut inputs = Inputs {
            folder: Path::new(""),
            slice: None,
            document: None,
            package: None,
            runtime: RuntimeSource::Version("0.1"),
            api_version: None,
            prose: None,
            force: false,
        };
        set(&mut inputs);
        let project = prepare(&Inputs {
            folder: &folder,
            ..inputs
        })?;
        project.refuse()?;
        let mut set = FileSet::default();
        project.add_to(&mut set);
        set.commit()?;
        Ok(project.made.report.version)
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.at("crate").join(name)).unwrap()
    }

    fn edit(&self, name: &str, edit: impl FnOnce(String) -> String) {
        fs::write(self.at("crate").join(name), edit(self.text(name))).unwrap();
    }

    /// Every file of the crate.
    fn all(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let paths = files_below(&self.at("crate")).unwrap();
        paths
            .into_iter()
            .map(|path| {
                let bytes = fs::read(&path).unwrap();
                (path, bytes)
            })
            .collect()
    }
}

#[test]
fn a_crate_is_made_again_from_what_it_records() {
    let place = Place::new();
    let error = place.run(|_| {}).unwrap_err().to_string();
    assert!(error.contains("give --slice FILE"), "{error}");
    place.first();
    let first = place.all();
    place.run(|_| {}).unwrap();
    assert_eq!(place.all(), first, "nothing changed");
}

#[test]
fn a_newer_document_leaves_the_users_words_and_tells_what_changed() {
    let place = Place::new();
    place.first();
    place.edit("Cargo.toml", |text| {
        text.replace("0.1.0", "7.0.0") + "mine = \"1\"\n"
    });
    place.edit("README.md", |text| format!("{text}\nMine.\n"));
    place.edit("src/lib.rs", |text| text + "\nmod mine;\n");
    fs::write(place.at("crate/src/mine.rs"), "// Mine.\n").unwrap();
    fs::write(place.at("crate/src/generated/mine.rs"), "// Mine.\n").unwrap();
    place.document("2026-02-02", &["name", "colour"]);
    assert_eq!(place.run(|_| {}).unwrap(), "2026-02-02");
    let manifest = place.text("Cargo.toml");
    assert!(manifest.contains("7.0.0") && manifest.ends_with("mine = \"1\"\n"));
    let readme = place.text("README.md");
    assert!(readme.contains("2026-02-02") && readme.ends_with("\nMine.\n"));
    assert!(place.text("src/lib.rs").ends_with("\nmod mine;\n"));
    for name in ["src/mine.rs", "src/generated/mine.rs"] {
        assert_eq!(place.text(name), "// Mine.\n");
    }
    assert!(place.text("src/generated/objects.rs").contains("colour"));
    let changelog = place.text("CHANGELOG.md");
    assert!(changelog.contains("## API version 2026-01-01 to 2026-02-02"));
    assert!(changelog.contains("colour"), "{changelog}");
}

#[test]
fn a_run_that_is_refused_leaves_the_folder_as_it_was() {
    let place = Place::new();
    place.first();
    place.edit("src/generated/objects.rs", |text| text + "// Mine.\n");
    let before = place.all();
    place.document("2026-02-02", &["colour"]);
    let error = place.run(|_| {}).unwrap_err().to_string();
    assert!(
        error.contains("objects.rs was generated and then edited"),
        "{error}"
    );
    assert_eq!(place.all(), before);
    let error = place
        .run(|inputs| inputs.package = Some("other"))
        .unwrap_err();
    assert!(
        error.to_string().contains("is called `stripe-things`"),
        "{error}"
    );
    place.document("no version", &["colour"]);
    assert!(place.run(|_| {}).is_err());
    assert_eq!(place.all(), before);
    place.document("2026-02-02", &["colour"]);
    place.run(|inputs| inputs.force = true).unwrap();
    assert!(!place.text("src/generated/objects.rs").contains("Mine"));
}

#[test]
fn a_folder_that_was_not_generated_is_refused() {
    let place = Place::new();
    let folder = place.at("crate");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("Cargo.toml"), "[package]\nname = \"mine\"\n").unwrap();
    let run = || place.run(|inputs| place.sources(inputs));
    let error = run().unwrap_err().to_string();
    assert!(error.contains("was not made by this command"), "{error}");
    assert_eq!(place.all().len(), 1);
    fs::rename(folder.join("Cargo.toml"), folder.join(".gitignore")).unwrap();
    run().unwrap();
}

#[test]
fn a_chosen_version_is_kept_for_the_document_that_it_was_chosen_for() {
    let place = Place::new();
    place.document("no version", &["name"]);
    let chosen = place.run(|inputs| {
        place.sources(inputs);
        inputs.api_version = Some("2020-08-27");
    });
    assert_eq!(chosen.unwrap(), "2020-08-27");
    assert_eq!(place.run(|_| {}).unwrap(), "2020-08-27");
    place.document("2026-02-02", &["name"]);
    assert_eq!(place.run(|_| {}).unwrap(), "2026-02-02");
}
