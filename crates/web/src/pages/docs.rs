//! What does the interface look like to a person who is going to write a program for it?
//!
//! Made from the same description that programs read, so that the two cannot differ.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_LANGUAGE;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use saqta_app::error::Error;
use serde_json::{Map, Value, json};

use super::layout::Layout;
use super::tagged;
use crate::problem::Failure;
use crate::routes::Web;
use crate::settings::Settings;

#[derive(Template)]
#[template(path = "docs.html")]
struct DocsPage {
    layout: Layout,
    about: String,
    groups: Vec<Group>,
}

#[derive(Template)]
#[template(path = "shapes.html")]
struct ShapesPage {
    layout: Layout,
    sheets: Vec<Sheet>,
    shapes: Vec<Shape>,
}

/// How many bytes of shapes go on one page, about.
const SHEET: usize = 30_000;

/// The pages: the paths, and the shapes of what they take and answer, as many pages as these need to be light.
pub(crate) struct Docs {
    paths: String,
    shapes: Vec<String>,
}

/// A page of shapes, from the first to the last of them.
struct Sheet {
    href: String,
    first: String,
    last: String,
    current: bool,
}

/// A shape by its name, and where it is described.
struct Link {
    name: String,
    href: String,
}

struct Group {
    name: String,
    description: String,
    operations: Vec<Operation>,
}

struct Operation {
    id: String,
    method: String,
    path: String,
    summary: String,
    open: bool,
    parameters: Vec<Field>,
    body: Option<Link>,
    status: String,
    answer: Option<Link>,
    example: String,
}

struct Shape {
    name: String,
    description: String,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    required: bool,
    kind: String,
    link: Option<Link>,
    description: String,
}

/// The page of the paths, which was written when the server started.
pub(super) async fn paths(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Failure> {
    shown(&headers, web.pages.docs.as_ref().map(|docs| &docs.paths))
}

/// The first page of the shapes.
pub(super) async fn shapes(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Failure> {
    shown(&headers, web.pages.docs.as_ref().and_then(|docs| docs.shapes.first()))
}

/// Another page of the shapes.
pub(super) async fn further_shapes(
    State(web): State<Web>,
    number: Result<Path<usize>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let Ok(Path(number)) = number else { return Err(Error::NotFound.into()) };
    let docs = web.pages.docs.as_ref().ok_or(Failure::Broken("the pages about the interface"))?;
    let further = number.checked_sub(1).filter(|at| *at > 0).and_then(|at| docs.shapes.get(at));
    shown(&headers, Some(further.ok_or(Error::NotFound)?))
}

fn shown(headers: &HeaderMap, page: Option<&String>) -> Result<Response, Failure> {
    let page = page.ok_or(Failure::Broken("the pages about the interface"))?;
    let mut response = tagged(headers, "text/html; charset=utf-8", page.clone());
    response.headers_mut().insert(CONTENT_LANGUAGE, HeaderValue::from_static("en"));
    Ok(response)
}

/// Writes the pages; nothing when the description is not what it should be.
pub(super) fn pages(openapi: &str, style: &str, settings: &Settings) -> Option<Docs> {
    let document: Value = serde_json::from_str(openapi).ok()?;
    let reader = Reader::new(&document, settings.public_url.trim_end_matches('/'));
    let layout = |title: &str| Layout {
        language: "en",
        title: title.to_owned(),
        style: style.to_owned(),
        forms: String::new(),
        desk: String::new(),
        skip: "Skip to the text".to_owned(),
        demo: None,
        operator: String::new(),
        sections_label: String::new(),
        sections: Vec::new(),
        switch_label: String::new(),
        switch: Vec::new(),
        canonical: None,
        relations: Vec::new(),
    };
    let about = text(document.pointer("/info/description"));
    let paths = DocsPage { layout: layout("The interface of Saqta"), about, groups: reader.groups() };
    let mut sheets: BTreeMap<usize, Vec<Shape>> = BTreeMap::new();
    for shape in reader.shapes() {
        let at = reader.sheets.get(&shape.name).copied().unwrap_or_default();
        sheets.entry(at).or_default().push(shape);
    }
    let spans: Vec<(String, String)> = sheets
        .values()
        .map(|shapes| {
            let name = |shape: Option<&Shape>| shape.map(|shape| shape.name.clone()).unwrap_or_default();
            (name(shapes.first()), name(shapes.last()))
        })
        .collect();
    let mut written = Vec::new();
    for (at, shapes) in sheets {
        let sheets = spans.iter().enumerate().map(|(other, (first, last))| Sheet {
            href: sheet(other),
            first: first.clone(),
            last: last.clone(),
            current: other == at,
        });
        let sheets = sheets.collect();
        let page = ShapesPage { layout: layout("What is sent and answered"), sheets, shapes };
        written.push(page.render().ok()?);
    }
    Some(Docs { paths: paths.render().ok()?, shapes: written })
}

/// Where a page of shapes stands.
fn sheet(at: usize) -> String {
    match at {
        0 => "/docs/shapes".to_owned(),
        _ => format!("/docs/shapes/{}", at.saturating_add(1)),
    }
}

struct Reader<'a> {
    document: &'a Value,
    url: &'a str,
    /// On which page of shapes each stands.
    sheets: BTreeMap<String, usize>,
}

impl<'a> Reader<'a> {
    fn new(document: &'a Value, url: &'a str) -> Self {
        let mut sheets = BTreeMap::new();
        let (mut at, mut filled) = (0, 0);
        for (name, schema) in object(document.pointer("/components/schemas")) {
            let weight = schema.to_string().len();
            if filled > 0 && filled + weight > SHEET {
                (at, filled) = (at + 1, 0);
            }
            filled += weight;
            sheets.insert(name.clone(), at);
        }
        Self { document, url, sheets }
    }

    fn link(&self, name: &str) -> Link {
        let at = self.sheets.get(name).copied().unwrap_or_default();
        Link { name: name.to_owned(), href: format!("{}#{name}", sheet(at)) }
    }

    fn groups(&self) -> Vec<Group> {
        let tags = self.document.get("tags").and_then(Value::as_array).into_iter().flatten();
        tags.map(|tag| {
            let name = text(tag.get("name"));
            let operations = self.operations(&name);
            Group { description: text(tag.get("description")), operations, name }
        })
        .collect()
    }

    fn operations(&self, tag: &str) -> Vec<Operation> {
        let mut found = Vec::new();
        for (path, item) in object(self.document.get("paths")) {
            for (method, operation) in object(Some(item)) {
                if operation.pointer("/tags/0").and_then(Value::as_str) == Some(tag) {
                    found.push(self.operation(path, method, operation));
                }
            }
        }
        found
    }

    fn operation(&self, path: &str, method: &str, operation: &Value) -> Operation {
        let body = operation.pointer("/requestBody/content").and_then(Value::as_object);
        let (media, body) =
            body.and_then(|b| b.iter().next()).map_or(("", None), |(m, v)| (m, v.get("schema")));
        let good = object(operation.get("responses")).find(|(status, _)| status.starts_with('2'));
        let (status, answer) = good.map_or(("", None), |(s, v)| (s.as_str(), v.get("content")));
        let answer = object(answer).next().and_then(|(_, v)| v.get("schema")).and_then(reference);
        let open = operation.get("security").is_some();
        let method = method.to_uppercase();
        Operation {
            id: format!("op-{}", text(operation.get("operationId"))),
            summary: format!("{} {}", text(operation.get("summary")), text(operation.get("description"))),
            parameters: parameters(operation),
            example: self.example(path, &method, media, body, open),
            body: body.and_then(reference).map(|name| self.link(name)),
            status: status.to_owned(),
            answer: answer.map(|name| self.link(name)),
            path: path.to_owned(),
            method,
            open,
        }
    }

    fn shapes(&self) -> Vec<Shape> {
        let schemas = object(self.document.pointer("/components/schemas"));
        schemas
            .map(|(name, schema)| Shape {
                name: name.clone(),
                description: text(schema.get("description")),
                fields: self.fields(schema),
            })
            .collect()
    }

    fn fields(&self, schema: &Value) -> Vec<Field> {
        object(schema.get("properties"))
            .map(|(name, property)| {
                let (kind, link) = kind(property);
                Field {
                    required: is_required(schema, name),
                    name: name.clone(),
                    kind,
                    link: link.map(|name| self.link(&name)),
                    description: described(property),
                }
            })
            .collect()
    }

    /// A request as it could be typed.
    fn example(&self, path: &str, method: &str, media: &str, body: Option<&Value>, open: bool) -> String {
        let mut lines = vec![format!("curl -X {method} '{}{path}'", self.url)];
        if !open {
            lines.push("-H \"Authorization: Bearer $SAQTA_KEY\"".to_owned());
        }
        match body {
            Some(schema) if media == "application/json" => {
                lines.push("-H 'Content-Type: application/json'".to_owned());
                lines.push(format!("-d '{}'", self.sample(schema, 0)));
            }
            Some(schema) => {
                let request = self.resolved(schema).and_then(|s| s.pointer("/properties/request"));
                let request = request.map_or(Value::Null, |r| self.sample(r, 0));
                lines.push(format!("-F 'request={request};type=application/json'"));
                lines.push("-F 'file=@contract.pdf;type=application/pdf'".to_owned());
            }
            None => {}
        }
        lines.join(" \\\n  ")
    }

    /// The bodies that the examples send.
    #[cfg(test)]
    fn bodies(&self) -> Vec<(String, Value)> {
        object(self.document.get("paths"))
            .filter_map(|(path, item)| {
                let schema = item.pointer("/post/requestBody/content/application~1json/schema")?;
                Some((path.clone(), self.sample(schema, 0)))
            })
            .collect()
    }

    /// A value of a shape: what has to be there, and what has an example.
    fn sample(&self, schema: &Value, depth: u8) -> Value {
        if let Some(example) = schema.get("example") {
            return example.clone();
        }
        let Some(resolved) = self.resolved(schema).filter(|_| depth < 8) else { return json!("…") };
        if let Some(properties) = resolved.get("properties").and_then(Value::as_object) {
            let wanted = properties
                .iter()
                .filter(|(name, property)| is_required(resolved, name) || property.get("example").is_some());
            return wanted.map(|(n, p)| (n.clone(), self.sample(p, depth + 1))).collect::<Map<_, _>>().into();
        }
        match resolved.get("type").and_then(Value::as_str) {
            Some("array") => {
                json!([resolved.get("items").map_or(Value::Null, |items| self.sample(items, depth + 1))])
            }
            Some("boolean") => json!(true),
            Some("integer") => json!(1),
            Some("object") => json!({}),
            _ => json!("…"),
        }
    }

    /// The shape itself, where there is only its name.
    fn resolved<'v>(&'v self, schema: &'v Value) -> Option<&'v Value> {
        match reference(schema) {
            Some(name) => self.document.pointer(&format!("/components/schemas/{name}")),
            None => Some(schema),
        }
    }
}

fn parameters(operation: &Value) -> Vec<Field> {
    let parameters = operation.get("parameters").and_then(Value::as_array).into_iter().flatten();
    // The headers are the same everywhere and are explained once.
    let own = parameters.filter(|p| p.get("in").and_then(Value::as_str) != Some("header"));
    own.map(|p| Field {
        name: text(p.get("name")),
        required: true,
        kind: String::new(),
        link: None,
        description: text(p.get("description")),
    })
    .collect()
}

/// A field that may be absent has its description beside the shape it would have.
fn described(schema: &Value) -> String {
    let choices = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    let mut found = std::iter::once(schema).chain(choices).filter_map(|s| s.get("description"));
    text(found.next())
}

/// What a field is, in words, and the shape it has.
fn kind(schema: &Value) -> (String, Option<String>) {
    if let Some(name) = reference(schema) {
        return (String::new(), Some(name.to_owned()));
    }
    if let Some(items) = schema.get("items") {
        let (inner, link) = kind(items);
        return (format!("list of {inner}").trim_end().to_owned(), link);
    }
    if let Some(values) = schema.get("additionalProperties").filter(|v| v.is_object()) {
        return (format!("map of {}", kind(values).0), None);
    }
    let choices = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    if let Some(choice) = choices.into_iter().find(|c| reference(c).is_some()) {
        return kind(choice);
    }
    match schema.get("type") {
        Some(Value::String(name)) => (name.clone(), None),
        Some(Value::Array(names)) => {
            let name = names.iter().filter_map(Value::as_str).find(|n| *n != "null");
            (name.unwrap_or_default().to_owned(), None)
        }
        _ => (String::new(), None),
    }
}

fn is_required(schema: &Value, name: &str) -> bool {
    let names = schema.get("required").and_then(Value::as_array);
    names.is_some_and(|names| names.iter().any(|n| n.as_str() == Some(name)))
}

fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref").and_then(Value::as_str).and_then(|r| r.strip_prefix("#/components/schemas/"))
}

fn object(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

fn text(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_name_every_path_and_every_shape_and_are_not_heavy() {
        let openapi = crate::openapi();
        let pages = pages(&openapi, "/assets/style.css", &Settings::default()).unwrap();
        let document: Value = serde_json::from_str(&openapi).unwrap();
        for (path, _) in document["paths"].as_object().unwrap() {
            assert!(pages.paths.contains(path.as_str()), "{path}");
        }
        for (name, _) in document["components"]["schemas"].as_object().unwrap() {
            let described = |page: &&String| page.contains(&format!("id=\"{name}\""));
            assert_eq!(pages.shapes.iter().filter(described).count(), 1, "{name}");
        }
        let every: Vec<(String, &String)> =
            pages.shapes.iter().enumerate().map(|(at, page)| (sheet(at), page)).collect();
        for page in pages.shapes.iter().chain([&pages.paths]) {
            assert!(page.len() < 50_000, "{}", page.len());
            assert!(!page.contains("<script") && !page.contains("https://"));
            for link in page.split("href=\"/docs/shapes").skip(1) {
                let link = format!("/docs/shapes{}", link.split('"').next().unwrap());
                let (path, id) = link.split_once('#').unwrap_or((&link, "main"));
                let (_, page) = every.iter().find(|(address, _)| address == path).unwrap();
                assert!(page.contains(&format!("id=\"{id}\"")), "{link}");
            }
        }
    }

    #[tokio::test]
    async fn what_the_examples_send_has_the_shape_that_is_wanted() {
        let shop = crate::tests::shop::Shop::open().await;
        let document: Value = serde_json::from_str(&crate::openapi()).unwrap();
        let bodies = Reader::new(&document, "").bodies();
        assert!(bodies.len() > 25);
        for (path, body) in bodies {
            let path = path.replace("{name}", "order");
            let answer = shop.post(&path, &body).await;
            let code = if answer.status.is_success() { json!(null) } else { answer.json()["code"].clone() };
            assert!(code != "json" && code != "subject_malformed", "{path} {body}: {}", answer.text());
        }
    }
}
