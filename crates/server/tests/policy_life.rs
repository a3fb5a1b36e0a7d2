//! Does a version go its way by command: published, listed, called off, and a start survives a folder that cannot be used?

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader};
    use std::path::{Path, PathBuf};
    use std::process::{Child, Command, Output, Stdio};

    use serde_json::{Value, json};

    fn saqta(arguments: &[&str]) -> Command {
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
        ] {
            command.env_remove(format!("SAQTA_{name}"));
        }
        command
    }

    fn run(arguments: &[&str]) -> Output {
        saqta(arguments).output().unwrap()
    }

    fn status(output: &Output) -> i32 {
        output.status.code().unwrap()
    }

    fn stdout(output: &Output) -> String {
        String::from_utf8(output.stdout.clone()).unwrap()
    }

    fn stderr(output: &Output) -> String {
        String::from_utf8(output.stderr.clone()).unwrap()
    }

    fn answer(output: &Output) -> Value {
        serde_json::from_slice(&output.stdout).unwrap()
    }

    fn example() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/autoshop")
    }

    fn text(path: &Path) -> &str {
        path.to_str().unwrap()
    }

    /// A copy of the example policy in which one thing is written differently.
    fn policy_with(folder: &Path, from: &str, to: &str) -> PathBuf {
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
    struct Server {
        child: Child,
        said: Value,
    }

    impl Server {
        fn start(data: &Path) -> Self {
            Self::start_with(data, Some(&example()))
        }

        fn start_with(data: &Path, policy: Option<&Path>) -> Self {
            let mut arguments = vec!["--json", "serve", "--data", text(data), "--listen", "127.0.0.1:0"];
            if let Some(policy) = policy {
                arguments.extend(["--policy", text(policy)]);
            }
            let mut child = saqta(&arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
            let mut line = String::new();
            BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
            let said = serde_json::from_str(&line).unwrap();
            Self { child, said }
        }

        fn url(&self) -> &str {
            self.said["url"].as_str().unwrap()
        }

        fn claim(&self) -> (u16, Value) {
            let token = self.said["setup_link"].as_str().unwrap().split_once("token=").unwrap().1;
            post(&format!("{}/v1/setup", self.url()), None, &json!({ "token": token }))
        }

        fn stop(mut self) -> i32 {
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

    fn post(url: &str, key: Option<&str>, body: &Value) -> (u16, Value) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let request = reqwest::Client::new().post(url).json(body);
            let request = if let Some(key) = key { request.bearer_auth(key) } else { request };
            let response = request.send().await.unwrap();
            (response.status().as_u16(), response.json().await.unwrap())
        })
    }

    /// A data folder with a published policy, made by a server that was started and stopped.
    fn installed(folder: &Path) -> PathBuf {
        let data = folder.join("data");
        assert_eq!(Server::start(&data).stop(), 0);
        data
    }

    #[test]
    fn a_server_goes_on_under_the_version_in_force_when_the_folder_cannot_be_used() {
        let folder = tempfile::tempdir().unwrap();
        let data = installed(folder.path());
        let broken = policy_with(folder.path(), "kind          = \"phone\"", "kind          = \"fone\"");
        let goes_on = |policy: &Path| {
            let server = Server::start_with(&data, Some(policy));
            let told = server.said["policy"].as_str().unwrap().to_owned();
            assert!(told.starts_with("version 1 stays in force"), "{told}");
            assert!(server.said["policy_fault"]["what"].is_string());
            assert_eq!(server.stop(), 0);
            told
        };
        assert!(goes_on(&broken).contains("line"));
        std::fs::remove_file(broken.join("text.ru.md")).unwrap();
        goes_on(&broken);
        std::fs::remove_dir_all(&broken).unwrap();
        goes_on(&broken);
        // A version that would have had to take effect in the past is not adopted either.
        let late = version_two(folder.path(), "2026-02-01");
        assert!(goes_on(&late).contains("past"));

        let server = Server::start_with(&data, None);
        assert_eq!(server.said["policy"], json!("version 1, published before"));
        assert_eq!(server.said["policy_fault"], Value::Null);
        assert_eq!(server.stop(), 0);
        let nowhere = folder.path().join("nowhere");
        let output = run(&["serve", "--data", text(&nowhere)]);
        assert_eq!(status(&output), 3);
        assert!(stderr(&output).contains("--policy DIR"), "{}", stderr(&output));
        assert!(!nowhere.exists());
    }

    /// The example as its second version, in force from a day.
    fn version_two(folder: &Path, day: &str) -> PathBuf {
        let copy = policy_with(folder, "version        = 1", "version        = 2");
        let file = copy.join("policy.toml");
        let whole = std::fs::read_to_string(&file).unwrap();
        let from = "effective_from = 2026-01-12";
        assert!(whole.contains(from));
        std::fs::write(file, whole.replacen(from, &format!("effective_from = {day}"), 1)).unwrap();
        copy
    }

    #[test]
    fn a_version_is_published_listed_and_called_off_on_a_stopped_installation() {
        let folder = tempfile::tempdir().unwrap();
        let data = installed(folder.path());
        let policy = version_two(folder.path(), "2999-01-01");
        let publish = |more: &[&str]| {
            let arguments = ["policy", "publish", text(&policy), "--data", text(&data)];
            run(&[&arguments as &[&str], more].concat())
        };
        assert_eq!(status(&publish(&[])), 2, "somebody has to approve it");
        assert_eq!(status(&publish(&["--approved-by", " "])), 3);
        let shown = publish(&["--approved-by", "A. Sarsenova", "--public-url", "https://shop.example/"]);
        assert_eq!(status(&shown), 0, "{}", stderr(&shown));
        let shown = stdout(&shown);
        for said in ["version 2", "approved", "2999-01-01T00:00:00+05:00", "https://shop.example/policy/v/2"]
        {
            assert!(shown.contains(said), "{shown}");
        }
        let again = publish(&["--approved-by", "A. Sarsenova"]);
        assert_eq!(status(&again), 3);
        assert!(stderr(&again).contains("published already"), "{}", stderr(&again));

        let states = || {
            let listed = answer(&run(&["policy", "versions", "--json", "--data", text(&data)]));
            let states = listed["versions"].as_array().unwrap().iter().map(|v| v["state"].clone());
            (states.collect::<Vec<_>>(), listed["versions"][0]["approved_by"].clone())
        };
        assert_eq!(states(), (vec![json!("effective"), json!("approved")], json!("console")));
        let cancel = ["policy", "cancel", "2", "--cancelled-by", "A. Sarsenova", "--data", text(&data)];
        assert_eq!(status(&run(&cancel)), 0);
        assert_eq!(states().0, [json!("effective"), json!("cancelled")]);
        let again = run(&cancel);
        assert_eq!(status(&again), 3);
        assert!(stderr(&again).contains("called off before"), "{}", stderr(&again));
        // The folder still holds what was called off; a start does not bring it back.
        let server = Server::start_with(&data, Some(&policy));
        assert!(server.said["policy"].as_str().unwrap().contains("called off"), "{}", server.said);
        assert_eq!(server.stop(), 0);
    }

    #[test]
    fn a_running_server_is_asked_to_publish_list_and_call_off() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let server = Server::start(&data);
        let (_, first) = server.claim();
        let door = ["--url", server.url(), "--api-key", first["key"].as_str().unwrap()];
        let policy = version_two(folder.path(), "2999-01-01");
        let ask = |arguments: &[&str]| run(&[&["policy"], arguments, &door as &[&str]].concat());
        let publish = ["publish", text(&policy), "--approved-by", "A. Sarsenova", "--json"];
        let busy = run(&["policy", "publish", text(&policy), "--approved-by", "A", "--data", text(&data)]);
        assert_eq!(status(&busy), 3);
        assert!(stderr(&busy).contains("--url"), "{}", stderr(&busy));
        let done = ask(&publish);
        assert_eq!(status(&done), 0, "{}", stdout(&done));
        let done = answer(&done);
        assert_eq!((&done["version"], &done["state"]), (&json!(2), &json!("approved")));
        assert_eq!(done["public"], json!(format!("{}/policy/v/2", server.url())));
        let again = ask(&publish);
        assert_eq!(status(&again), 3);
        assert!(answer(&again)["error"]["what"].as_str().unwrap().contains("409"));
        let listed = stdout(&ask(&["versions"]));
        assert!(listed.contains("approved by A. Sarsenova"), "{listed}");
        assert_eq!(status(&ask(&["cancel", "2", "--cancelled-by", "A. Sarsenova"])), 0);
        assert_eq!(status(&ask(&["cancel", "1", "--cancelled-by", "A. Sarsenova"])), 3);
        assert!(stdout(&ask(&["versions"])).contains("cancelled"));
        assert_eq!(server.stop(), 0);
    }
}
