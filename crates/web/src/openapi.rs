//! What does the interface look like to a program (OpenAPI 3.1)?
//!
//! The paths and shapes come from the handlers and wire types. What is true of all of them is added here: the key, the
//! language, the idempotency key, and the problem documents.

use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{
    ContentBuilder, OpenApi as Document, Ref, RefOr, Required, ResponseBuilder, SecurityRequirement,
};
use utoipa::{Modify, OpenApi};

use crate::api::{
    advance, clauses, collect, comparison, confirm, consent_record, decide_use, decisions, destroy, hold,
    inspect, jobs, keep_document, keys, ledger, link, list, look_up, policies, purposes, rectify, requests,
    restrict, retrieve, setup, stop, take_consents, withdraw,
};
use crate::pages::{consent_texts, health, policy_json, well_known};
use crate::problem::Problem;

/// The key in the security section.
const KEY: &str = "key";

/// Operations that honour an idempotency key: those that change what is held of a person.
const ONCE: [&str; 16] = [
    "collect",
    "take_consents",
    "advance",
    "link",
    "rectify",
    "confirm",
    "restrict",
    "unrestrict",
    "withdraw",
    "stop",
    "hold",
    "lift_hold",
    "erase",
    "destroy",
    "depersonalise",
    "keep_document",
];

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Saqta",
        description = "Personal data are kept, used and ended here as the published policy says. Every request is decided by the \
            policy and the law in force; a refusal names the clause, and what would be needed. Every answer names its place in \
            the ledger.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    tags(
        (name = "persons", description = "Collecting, finding, retrieving and using data of persons."),
        (name = "rights", description = "What persons may demand, and what ends data."),
        (name = "documents", description = "Documents of persons."),
        (name = "evidence", description = "Decisions, and the ledger that proves them."),
        (name = "administration", description = "Policies, keys, purposes and jobs."),
        (name = "public", description = "What needs no key.")
    ),
    paths(
        collect::handler, take_consents::handler, consent_record::handler, look_up::handler, retrieve::handler, inspect::handler, list::handler, decide_use::handler,
        advance::handler, link::handler, rectify::handler, confirm::handler, requests::handler, restrict::handler, restrict::lift,
        withdraw::handler, stop::handler, hold::handler, hold::lift, destroy::erase, destroy::destroy, destroy::depersonalise,
        keep_document::handler, keep_document::open, decisions::handler, decisions::one, ledger::checkpoint, ledger::key,
        ledger::proof, ledger::consistency, policies::handler, policies::publish, comparison::handler,
        policies::one, policies::draft, policies::drop_draft, policies::approve, policies::cancel, clauses::handler, keys::handler, keys::create, keys::revoke,
        purposes::stop, purposes::resume, jobs::handler, jobs::epochs,
        jobs::turn_epoch, setup::handler,
        policy_json::handler,
        policy_json::one,
        consent_texts::handler,
        well_known::operations,
        health::alive,
        health::ready,
    ),
    components(schemas(Problem)),
    modifiers(&Common)
)]
struct Interface;

/// The description as a value.
pub(crate) fn document() -> Document {
    Interface::openapi()
}

/// The description as indented JSON.
pub(crate) fn pretty() -> String {
    // The document is made of strings and maps with string keys, which always have a JSON form.
    document().to_pretty_json().unwrap_or_default()
}

/// What is true of every operation.
struct Common;

impl Modify for Common {
    fn modify(&self, document: &mut Document) {
        let components = document.components.get_or_insert_default();
        let mut scheme = Http::new(HttpAuthScheme::Bearer);
        scheme.description = Some("An API key: `Authorization: Bearer saqta_…`.".to_owned());
        components.add_security_scheme(KEY, SecurityScheme::Http(scheme));
        document.security = Some(vec![SecurityRequirement::new(KEY, Vec::<String>::new())]);
        for item in document.paths.paths.values_mut() {
            let operations =
                [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
            operations.into_iter().flatten().for_each(complete);
        }
    }
}

fn complete(operation: &mut Operation) {
    let open =
        operation.security.as_ref().is_some_and(|s| s.iter().any(|r| *r == SecurityRequirement::default()));
    let body = operation.request_body.is_some();
    let parameters = operation.parameters.get_or_insert_default();
    parameters.push(header(
        "Accept-Language",
        "The language of problems and explanations: `kk`, `ru` (when nothing is said) or `en`.",
    ));
    if operation.operation_id.as_deref().is_some_and(|id| ONCE.contains(&id)) {
        parameters.push(header(
            "Idempotency-Key",
            "1 to 128 visible ASCII characters. The same request, sent again under the same key within a day, happens once and is answered as before.",
        ));
    }
    let mut problem = |status: &str, description: &str| {
        let mut response = ResponseBuilder::new().description(description).content(
            "application/problem+json",
            ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build(),
        );
        if status == "429" {
            let seconds = ObjectBuilder::new().schema_type(SchemaType::Type(Type::Integer));
            let seconds =
                HeaderBuilder::new().schema(Some(seconds)).description(Some("Seconds to wait.")).build();
            response = response.header("Retry-After", seconds);
        }
        operation.responses.responses.entry(status.to_owned()).or_insert(RefOr::T(response.build()));
    };
    problem("400", "The request is not well formed.");
    if open {
        problem("403", "Refused.");
    } else {
        problem("401", "The key is missing, unknown or revoked.");
        problem("403", "Refused by the policy, the law or the scope of the key; the refusal is on record.");
    }
    problem("404", "There is nothing here.");
    if body {
        problem("409", "It contradicts what was done before.");
        problem("413", "The body is too large.");
        problem("415", "The content type is not the one that is wanted.");
        problem("422", "A value is not accepted, or a policy has errors.");
    }
    problem("429", "Too many requests.");
    problem("500", "Something failed; the incident id is in the server's log.");
    problem("503", "Not ready, or too busy.");
}

fn header(name: &str, description: &str) -> RefOr<Parameter> {
    let parameter = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(description))
        .schema(Some(ObjectBuilder::new().schema_type(SchemaType::Type(Type::String))))
        .build();
    RefOr::T(parameter)
}
