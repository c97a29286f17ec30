//! `mod.rs`: the modules, and what they make public.

use super::file::File;
use super::imports::use_line;
use super::input::Input;

pub(super) fn file(input: &Input<'_>, resources: &[String]) -> File {
    let mut file = File::new("mod.rs", "The API's types and operations.");
    let mut modules = [
        "client",
        "enums",
        "ids",
        "json_schemas",
        "objects",
        "parameters",
        "service",
    ]
    .map(str::to_owned)
    .to_vec();
    modules.extend_from_slice(resources);
    modules.sort_unstable();
    for module in &modules {
        if module == "json_schemas" {
            file.push("#[cfg(feature = \"schemars\")]\n");
        }
        file.push(&format!("mod {module};\n"));
    }
    let (enums, ids) = (
        names(input.enums.keys()),
        names(input.ids().map(|(name, _)| name)),
    );
    let objects = objects(input);
    let nested: Vec<&str> = params(input)
        .into_iter()
        .filter(|name| input.component(name)["x-request"] != true)
        .collect();
    module(
        &mut file,
        "types",
        "The objects, enums and ids of the API.",
        &[("enums", &enums), ("ids", &ids), ("objects", &objects)],
    );
    module(
        &mut file,
        "params",
        "The objects that requests take as parameters.",
        &[("parameters", &nested)],
    );
    let requests: Vec<(&str, Vec<String>)> = resources
        .iter()
        .map(|resource| (resource.as_str(), requests(input, resource)))
        .collect();
    let requests: Vec<(&str, Vec<&str>)> = requests
        .iter()
        .map(|(resource, names)| (*resource, names.iter().map(String::as_str).collect()))
        .collect();
    let requests: Vec<(&str, &[&str])> = requests
        .iter()
        .map(|(resource, names)| (*resource, names.as_slice()))
        .collect();
    module(
        &mut file,
        "requests",
        "The resources, and the requests that their methods make.",
        &requests,
    );
    file.line(
        "pub use self::client::{Client, ClientBuilder};\npub use self::service::API_VERSION;",
    );
    file.push("#[cfg(feature = \"schemars\")]\npub use self::json_schemas::schemas;\n");
    file
}

/// `json_schemas.rs`: the JSON Schema of every type.
pub(super) fn json_schemas(input: &Input<'_>) -> File {
    let mut file = File::new("json_schemas.rs", "The JSON Schema of every type.");
    file.push(
        "/// The JSON Schema of every type, by name.
pub fn schemas() -> std::collections::BTreeMap<String, v1::schemars::Schema> {
    [
",
    );
    for (module, names) in [
        ("enums", names(input.enums.keys())),
        ("objects", objects(input)),
        ("parameters", params(input)),
    ] {
        for name in names {
            file.push(&format!(
                "        v1::named_schema::<super::{module}::{name}>(),\n"
            ));
        }
    }
    file.push("    ]\n    .into()\n}\n");
    file
}

fn names<'n>(names: impl Iterator<Item = &'n String>) -> Vec<&'n str> {
    names.map(String::as_str).collect()
}

/// The types in the file of the objects, unions among them.
fn objects<'n>(input: &'n Input<'_>) -> Vec<&'n str> {
    let structs = input.structs.keys().filter(|name| !input.is_params(name));
    let mut objects = names(structs.chain(input.unions.keys()));
    objects.sort_unstable();
    objects
}

fn params<'n>(input: &'n Input<'_>) -> Vec<&'n str> {
    names(input.structs.keys().filter(|name| input.is_params(name)))
}

/// The names of a resource's type and of its requests.
fn requests(input: &Input<'_>, resource: &str) -> Vec<String> {
    let operations = input
        .operations
        .iter()
        .filter(|operation| operation.resource == resource);
    let mut names: Vec<String> = operations
        .map(|operation| operation.request.clone())
        .collect();
    names.push(input.resource_type(resource).to_string());
    names.sort_unstable();
    names
}

/// A public module of re-exports.
fn module(file: &mut File, name: &str, doc: &str, exports: &[(&str, &[&str])]) {
    file.line(&format!("/// {doc}"));
    file.push(&format!("pub mod {name} {{\n"));
    for (module, names) in exports.iter().filter(|(_, names)| !names.is_empty()) {
        file.push(&use_line("    pub ", &format!("super::{module}"), names));
    }
    file.push("}\n");
}
