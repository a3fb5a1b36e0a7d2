//! How is a running server asked over HTTP, and in which words is its refusal told?

use serde_json::Value;

use crate::exit::{Exit, Failure};

/// A running server, and a key that it knows.
pub struct Remote<'a> {
    base: &'a str,
    key: &'a str,
    client: reqwest::Client,
}

impl<'a> Remote<'a> {
    /// The server at an address such as `http://127.0.0.1:8787`.
    pub fn new(base: &'a str, key: &'a str) -> Self {
        Self { base: base.trim_end_matches('/'), key, client: reqwest::Client::new() }
    }

    /// Reads from a path.
    pub async fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.answer(self.client.get(format!("{}{path}", self.base))).await
    }

    /// Sends to a path.
    pub async fn post(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.answer(self.client.post(format!("{}{path}", self.base)).json(body)).await
    }

    async fn answer(&self, request: reqwest::RequestBuilder) -> anyhow::Result<Value> {
        let unreachable = |error: reqwest::Error| {
            Failure::not_ready(
                format!("the server at {} gave no answer: {}", self.base, error.without_url()),
                "check the address and that the server runs; this command speaks plain HTTP on the machine itself",
            )
        };
        let request = request.bearer_auth(self.key).header("accept-language", "en");
        let response = request.send().await.map_err(unreachable)?;
        let status = response.status();
        let body: Value = response.json().await.map_err(unreachable)?;
        if status.is_success() {
            return Ok(body);
        }
        let exit = match status.as_u16() {
            403 => Exit::Refused,
            500.. => Exit::Failed,
            _ => Exit::NotReady,
        };
        Err(Failure { exit, what: told(status.as_u16(), &body), todo: todo(&body) }.into())
    }
}

/// What the server said, with what it found.
fn told(status: u16, body: &Value) -> String {
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let detail = text(body, "detail").or_else(|| text(body, "title"));
    let mut told =
        format!("the server answered {status}: {}", detail.as_deref().unwrap_or("no reason given"));
    for found in body.get("findings").and_then(Value::as_array).into_iter().flatten() {
        let word = |name| text(found, name).unwrap_or_default();
        let number = |name| found.get(name).and_then(Value::as_u64).unwrap_or_default();
        told.push_str(&format!(
            "\n  {} {}:{}:{} {} ({})",
            word("severity"),
            word("file"),
            number("line"),
            number("column"),
            word("message"),
            word("hint"),
        ));
    }
    told
}

fn todo(body: &Value) -> String {
    let todo = match body.get("code").and_then(Value::as_str) {
        Some("unknown_key") => "name a key that the server knows with --api-key or SAQTA_API_KEY",
        Some("not_administrator") => "policies are published by a key that administers",
        Some("policy") => "mend what is named, and try again",
        _ => "see `saqta policy versions` for where each version stands",
    };
    todo.to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_refusal_is_told_with_everything_that_was_found() {
        let finding = json!({ "severity": "error", "file": "policy.toml", "line": 2, "column": 5, "message": "m", "hint": "h" });
        let body = json!({ "detail": "The policy has errors.", "code": "policy", "findings": [finding] });
        let told = told(422, &body);
        assert!(told.contains("422: The policy has errors."), "{told}");
        assert!(told.contains("error policy.toml:2:5 m (h)"), "{told}");
        assert!(todo(&body).contains("mend"));
    }
}
