//! How do the tests run the program, and a server of their own?

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::{Value, json};

pub(crate) fn saqta(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_saqta"));
    command.args(arguments).stdin(Stdio::null());
    for name in [
        "DATA",
        "POLICY",
        "POSTGRES",
        "ROOT_KEY",
        "LISTEN",
        "URL",
        "API_KEY",
        "APPROVED_BY",
        "PUBLIC_URL",
        "REQUESTS_PER_SECOND",
        "PERSONS_A_DAY",
        "MAIL",
    ] {
        command.env_remove(format!("SAQTA_{name}"));
    }
    command
}

pub(crate) fn run(arguments: &[&str]) -> Output {
    saqta(arguments).output().unwrap()
}

pub(crate) fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

pub(crate) fn answer(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

pub(crate) fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/autoshop")
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A copy of the example policy in which one thing is written differently.
pub(crate) fn policy_with(folder: &Path, from: &str, to: &str) -> PathBuf {
    let copy = folder.join("policy");
    std::fs::create_dir_all(&copy).unwrap();
    for name in ["policy.toml", "text.ru.md", "text.kk.md", "text.en.md"] {
        let whole = std::fs::read_to_string(example().join(name)).unwrap();
        let changed = if name == "policy.toml" { whole.replacen(from, to, 1) } else { whole };
        std::fs::write(copy.join(name), changed).unwrap();
    }
    copy
}

/// A server of the tests' own; killed when a test ends early.
pub(crate) struct Server {
    child: Child,
    pub(crate) said: Value,
}

impl Server {
    pub(crate) fn start(data: &Path) -> Self {
        Self::start_with(data, Some(&example()), None)
    }

    pub(crate) fn start_with(data: &Path, policy: Option<&Path>, approved_by: Option<&str>) -> Self {
        Self::start_as(data, policy, approved_by, &[])
    }

    pub(crate) fn start_as(
        data: &Path,
        policy: Option<&Path>,
        approved_by: Option<&str>,
        more: &[&str],
    ) -> Self {
        let mut arguments = vec!["--json", "serve", "--data", text(data), "--listen", "127.0.0.1:0"];
        arguments.extend(more);
        if let Some(policy) = policy {
            arguments.extend(["--policy", text(policy)]);
        }
        if let Some(name) = approved_by {
            arguments.extend(["--approved-by", name]);
        }
        Self::speaking(saqta(&arguments).stderr(Stdio::null()))
    }

    /// One that was begun so; it says as JSON where it serves.
    pub(crate) fn speaking(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let said = serde_json::from_str(&line).unwrap();
        Self { child, said }
    }

    pub(crate) fn url(&self) -> &str {
        self.said["url"].as_str().unwrap()
    }

    pub(crate) fn claim(&self) -> (u16, Value) {
        let token = self.said["setup_link"].as_str().unwrap().split_once("token=").unwrap().1;
        post(&format!("{}/v1/setup", self.url()), None, &json!({ "token": token }))
    }

    pub(crate) fn stop(mut self) -> i32 {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.child.wait().unwrap().code().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn post(url: &str, key: Option<&str>, body: &Value) -> (u16, Value) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let request = reqwest::Client::new().post(url).json(body);
        let request = if let Some(key) = key { request.bearer_auth(key) } else { request };
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    })
}

/// A data folder with a published policy, made by a server that was started and stopped.
pub(crate) fn installed(folder: &Path) -> PathBuf {
    let data = folder.join("data");
    assert_eq!(Server::start(&data).stop(), 0);
    data
}

pub(crate) fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
    found.sort();
    found
}
