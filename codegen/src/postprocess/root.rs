//! `mod.rs`: the modules, and the way from the client to each resource.

use super::file::File;
use super::imports::use_line;
use super::input::Input;

pub(super) fn file(input: &Input<'_>, resources: &[String]) -> File {
    let mut file = File::new("mod.rs", "The API's types and operations.");
    let mut modules = ["enums", "ids", "objects", "parameters"]
        .map(str::to_owned)
        .to_vec();
    modules.extend_from_slice(resources);
    if !input.unions.is_empty() {
        modules.push("unions".to_owned());
    }
    modules.sort_unstable();
    for module in &modules {
        file.push(&format!("mod {module};\n"));
    }
    let objects = names(input.structs.keys().filter(|name| !input.is_params(name)));
    let (enums, ids) = (
        names(input.enums.keys()),
        names(input.ids().map(|(name, _)| name)),
    );
    let params = names(input.structs.keys().filter(|name| input.is_params(name)));
    let nested: Vec<&str> = params
        .iter()
        .copied()
        .filter(|name| input.component(name)["x-request"] != true)
        .collect();
    let unions = names(input.unions.keys());
    module(
        &mut file,
        "types",
        "The objects, enums and ids of the API.",
        &[
            ("enums", &enums),
            ("ids", &ids),
            ("objects", &objects),
            ("unions", &unions),
        ],
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
    let version = input.document["info"]["version"]
        .as_str()
        .unwrap_or_default();
    file.line("/// The version of the API that this crate is generated from, and asks for in every request.");
    file.push(&format!("pub const API_VERSION: &str = {version:?};\n"));
    file.line("impl Client {");
    for (index, resource) in resources.iter().enumerate() {
        if index > 0 {
            file.push("\n");
        }
        let doc = input.document["x-resources"][resource]
            .as_str()
            .unwrap_or_default();
        for line in doc.lines() {
            file.push(format!("    /// {line}").trim_end());
            file.push("\n");
        }
        let ident = input.resource_type(resource).to_string();
        file.push(&format!(
            "    pub fn {resource}(&self) -> {resource}::{ident} {{\n        {resource}::{ident}::new(self.clone())\n    }}\n"
        ));
    }
    file.push("}\n");
    file.line("/// The JSON Schema of every type, by name.");
    file.push("#[cfg(feature = \"schemars\")]\n");
    file.push("pub fn schemas() -> std::collections::BTreeMap<String, schemars::Schema> {\n    crate::support::schemas![\n");
    for (module, names) in [
        ("enums", enums),
        ("objects", objects),
        ("parameters", params),
        ("unions", unions),
    ] {
        for name in names {
            file.push(&format!("        {module}::{name},\n"));
        }
    }
    file.push("    ]\n}\n");
    file
}

fn names<'n>(names: impl Iterator<Item = &'n String>) -> Vec<&'n str> {
    names.map(String::as_str).collect()
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
