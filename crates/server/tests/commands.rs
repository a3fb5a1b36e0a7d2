//! Do the commands do what they say, with the status they promise?

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Read};
    use std::path::{Path, PathBuf};
    use std::process::{Child, Command, Output, Stdio};

    use serde_json::{Value, json};

    fn saqta(arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_saqta"));
        command.args(arguments).stdin(Stdio::null());
        for name in ["DATA", "POLICY", "POSTGRES", "ROOT_KEY", "LISTEN", "URL", "API_KEY", "APPROVED_BY"] {
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
            let mut child = saqta(&[
                "--json",
                "serve",
                "--policy",
                text(&example()),
                "--data",
                text(data),
                "--listen",
                "127.0.0.1:0",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
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

    fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
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

    #[test]
    fn the_demo_plays_its_day_and_ends_well() {
        let output = run(&["demo", "--exit", "--listen", "127.0.0.1:0"]);
        assert_eq!(status(&output), 0, "{}{}", stdout(&output), stderr(&output));
        let told = stdout(&output);
        assert!(told.contains("Nothing is ever sent out"));
        assert!(told.contains("✗ refused") && told.contains("✓ permitted"));
        assert!(!told.contains("NOT AS EXPECTED"));
        for planted in ["mail.example", "+7700", "840312390016", "Корнеев", "Seitov"] {
            assert!(!told.contains(planted), "the account holds a personal value: {planted}");
        }
    }

    #[test]
    fn the_demo_tells_programs_the_same() {
        let output = run(&["demo", "--exit", "--json", "--listen", "127.0.0.1:0"]);
        assert_eq!(status(&output), 0, "{}{}", stdout(&output), stderr(&output));
        let lines: Vec<Value> = stdout(&output).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        let last = lines.last().unwrap();
        assert_eq!(last["surprises"], json!([]));
        assert!(lines.iter().any(|line| line["code"] == "consent_withdrawn" && line["verdict"] == "refused"));
    }

    #[test]
    fn a_policy_that_can_be_used_is_told_with_what_to_look_at() {
        let output = run(&["policy", "check", text(&example())]);
        assert_eq!(status(&output), 0, "{}", stdout(&output));
        // The day as written, not the instant at which it begins somewhere else.
        assert!(stdout(&output).contains("The policy can be used: version 1, in force from 2026-01-12;"));
    }

    #[test]
    fn a_policy_is_told_clause_by_clause_and_a_promise_without_a_control_fails_a_strict_check() {
        let told = stdout(&run(&["policy", "check", "--strict", "--language", "ru", text(&example())]));
        assert!(told.contains("Что стоит за каждым пунктом"), "{told}");
        assert!(told.contains("purpose.marketing → may_act, may_collect,"), "{told}");
        assert!(told.contains("recipient.carrier.foreign → пока ничто этого не исполняет"), "{told}");
        assert!(told.contains("обещание без контроля: 0;") && !told.contains('\u{1b}'), "{told}");

        let folder = tempfile::tempdir().unwrap();
        let bare = policy_with(folder.path(), "\"2.8\", \"2.10\"", "\"2.8\"");
        let output = run(&["policy", "check", text(&bare)]);
        assert_eq!(status(&output), 0);
        assert!(stdout(&output).contains("! 2.10    PROMISE WITHOUT A CONTROL"), "{}", stdout(&output));
        let output = run(&["policy", "check", "--strict", "--json", text(&bare)]);
        assert_eq!(status(&output), 3);
        let told = answer(&output);
        assert_eq!((&told["ok"], &told["errors"]), (&json!(false), &json!(1)));
        let rows = told["coverage"].as_array().unwrap();
        let row = |clause: &str| rows.iter().find(|r| r["clause"] == clause).unwrap();
        assert_eq!(row("2.10"), &json!({ "clause": "2.10", "state": "unbacked", "declarations": [] }));
        assert_eq!(row("9.1")["state"], "not_yet");
        assert_eq!(row("5.8")["declarations"][0]["name"], "purpose.promo");
        assert_eq!(status(&run(&["policy", "check", "--language", "de", text(&bare)])), 2);
    }

    const PUBLISHED: &str = "# Политика\n\n## 1. ОБЩИЕ\n\n1.1. Наша почта privacy@shop.example.\n\n1.2. Для исполнения договора.\n";

    #[test]
    fn a_published_text_becomes_a_folder_that_says_what_it_lacks() {
        let folder = tempfile::tempdir().unwrap();
        let (source, new) = (folder.path().join("published.md"), folder.path().join("policy"));
        std::fs::write(&source, PUBLISHED).unwrap();
        let output = run(&["policy", "init", "--from", text(&source), text(&new)]);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        let told = stdout(&output);
        assert!(told.contains("3 clauses, language ru") && told.contains("privacy@shop.example"), "{told}");
        assert!(
            told.contains("needs: name, bin, address, site.") && told.contains("purpose.order"),
            "{told}"
        );
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left beside the folder");

        let checked = run(&["policy", "check", "--json", text(&new)]);
        assert_eq!(status(&checked), 3);
        let findings = answer(&checked)["findings"].as_array().unwrap().clone();
        let errors: Vec<_> = findings.iter().filter(|f| f["severity"] == "error").collect();
        assert!(errors.iter().all(|f| f["code"] == "placeholder"), "{errors:?}");
        assert_eq!(errors.len(), 3);

        // What somebody wrote is never overwritten.
        let before = files(&new);
        let again = run(&["policy", "init", "--from", text(&source), text(&new)]);
        assert_eq!(status(&again), 3);
        assert!(stderr(&again).contains("not empty"), "{}", stderr(&again));
        assert_eq!(files(&new), before);
        // An empty folder is as good as none.
        let empty = folder.path().join("empty");
        std::fs::create_dir(&empty).unwrap();
        let output = run(&["policy", "init", "--json", "--from", text(&source), text(&empty)]);
        assert_eq!((status(&output), &answer(&output)["missing"][1]), (0, &json!("bin")));
    }

    #[test]
    fn a_text_that_cannot_begin_a_policy_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let (source, new) = (folder.path().join("published.md"), folder.path().join("policy"));
        let tried = |bytes: Option<&[u8]>| {
            match bytes {
                Some(bytes) => std::fs::write(&source, bytes).unwrap(),
                None => drop(std::fs::remove_file(&source)),
            }
            let output = run(&["policy", "init", "--from", text(&source), text(&new)]);
            assert_eq!(status(&output), 3);
            assert!(!new.exists());
            format!("{}{}", stdout(&output), stderr(&output))
        };
        assert!(tried(None).contains("cannot read"));
        assert!(tried(Some(b"1.1. \xcf\xee")).contains("not-utf8"));
        assert!(tried(Some(b"")).contains("text-without-clauses"));
        assert!(tried(Some("1.1. А\n\n1.1. Б\n".as_bytes())).contains("clause-twice"));
        assert!(tried(Some(&vec![b'x'; 10 * 1024 * 1024])).contains("larger than 4 mebibytes"));
        let output = run(&["policy", "init", "--from", text(folder.path()), text(&new)]);
        assert_eq!(status(&output), 3);
        std::fs::write(&source, PUBLISHED).unwrap();
        let nowhere = folder.path().join("none/policy");
        let output = run(&["policy", "init", "--from", text(&source), text(&nowhere)]);
        assert_eq!(status(&output), 3);
        assert!(stderr(&output).contains("folder above"), "{}", stderr(&output));
    }

    #[test]
    fn a_broken_policy_is_told_by_file_line_and_column() {
        let folder = tempfile::tempdir().unwrap();
        let broken = policy_with(folder.path(), "kind          = \"phone\"", "kind          = \"fone\"");
        let output = run(&["policy", "check", text(&broken)]);
        assert_eq!(status(&output), 3);
        let line = std::fs::read_to_string(broken.join("policy.toml"))
            .unwrap()
            .lines()
            .position(|line| line.contains("\"fone\""))
            .unwrap()
            + 1;
        assert!(stdout(&output).contains(&format!("policy.toml:{line}:")), "{}", stdout(&output));
        assert!(stdout(&output).contains("cannot be used"));

        let output = run(&["policy", "check", "--json", text(&broken)]);
        assert_eq!(status(&output), 3);
        let told = answer(&output);
        assert_eq!(told["ok"], json!(false));
        assert_eq!(told["findings"][0]["line"], json!(line));
        assert!(told["findings"][0]["column"].as_u64().unwrap() > 0);
    }

    #[test]
    fn a_broken_policy_starts_nothing_and_makes_no_data_folder() {
        let folder = tempfile::tempdir().unwrap();
        let broken = policy_with(folder.path(), "kind          = \"phone\"", "kind          = \"fone\"");
        let data = folder.path().join("data");
        let output = run(&["serve", "--policy", text(&broken), "--data", text(&data)]);
        assert_eq!(status(&output), 3);
        assert!(stderr(&output).contains("line"), "{}", stderr(&output));
        assert!(!data.exists());
    }

    #[test]
    fn a_folder_that_is_not_there_is_told_and_not_made() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("mistyped");
        for command in [&["sweep"] as &[&str], &["key", "status"], &["key", "rotate"], &["access", "list"]] {
            let arguments = [command, &["--data", text(&data)]].concat();
            let output = run(&arguments);
            assert_eq!(status(&output), 3, "{command:?}");
            assert!(stderr(&output).contains("no installation"), "{command:?}");
        }
        assert!(!data.exists());
        let output = run(&["policy", "check", text(&folder.path().join("none"))]);
        assert_eq!(status(&output), 3);
    }

    #[test]
    fn a_server_is_claimed_once_and_then_stopped() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let server = Server::start(&data);
        let (claimed, first) = server.claim();
        assert!((200..300).contains(&claimed), "{first}");
        let key = first["key"].as_str().unwrap();
        assert_ne!(server.claim().0, claimed, "the link works once");
        let turned = run(&["key", "rotate", "--json", "--url", server.url(), "--api-key", key]);
        assert_eq!(status(&turned), 0, "{}", stdout(&turned));
        assert!(answer(&turned)["epoch"].as_u64().is_some());
        let refused = run(&["key", "rotate", "--url", server.url(), "--api-key", "saqta_wrong"]);
        assert_eq!(status(&refused), 3);

        let busy = run(&["key", "rotate", "--data", text(&data)]);
        assert_eq!(status(&busy), 3);
        assert!(stderr(&busy).contains("--url"), "{}", stderr(&busy));
        assert_eq!(server.stop(), 0);

        let again = Server::start(&data);
        assert_eq!(again.said["setup_link"], Value::Null);
        assert!(again.said["policy"].as_str().unwrap().contains("published before"));
        assert_eq!(again.stop(), 0);
    }

    #[test]
    fn an_unclaimed_server_listens_to_this_machine_alone() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let output =
            run(&["serve", "--policy", text(&example()), "--data", text(&data), "--listen", "0.0.0.0:0"]);
        assert_eq!(status(&output), 3);
        assert!(stderr(&output).contains("claimed"), "{}", stderr(&output));
    }

    #[test]
    fn another_root_key_is_told_and_touches_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (data, other) = (installed(folder.path()), folder.path().join("other"));
        let foreign = installed(&other).join("custody").join("root.key");
        let before = files(&data);
        let output = run(&[
            "serve",
            "--policy",
            text(&example()),
            "--data",
            text(&data),
            "--root-key",
            text(&foreign),
        ]);
        assert_eq!(status(&output), 3);
        assert!(stderr(&output).contains("root.key"), "{}", stderr(&output));
        assert!(stderr(&output).contains("→"), "{}", stderr(&output));
        let kept =
            |path: &Path| path.extension().is_none_or(|e| e != "db-wal" && e != "db-shm" && e != "lock");
        let after: Vec<_> = files(&data).into_iter().filter(|(path, _)| kept(path)).collect();
        let before: Vec<_> = before.into_iter().filter(|(path, _)| kept(path)).collect();
        assert!(after == before, "a file of the installation was changed");
    }

    #[test]
    fn a_root_key_that_is_gone_or_open_to_others_is_told_with_the_way_out() {
        let folder = tempfile::tempdir().unwrap();
        let data = installed(folder.path());
        let key = data.join("custody").join("root.key");
        let away = folder.path().join("away.key");
        std::fs::rename(&key, &away).unwrap();
        let output = run(&["key", "status", "--data", text(&data)]);
        assert_eq!(status(&output), 3);
        assert!(stderr(&output).contains("is missing"), "{}", stderr(&output));
        assert!(!key.exists(), "no new key is made for old data");

        std::fs::rename(&away, &key).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
            let output = run(&["key", "status", "--data", text(&data)]);
            assert_eq!(status(&output), 3);
            assert!(stderr(&output).contains("chmod 600"), "{}", stderr(&output));
        }
    }

    #[test]
    fn a_database_from_a_newer_version_is_told_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let data = installed(folder.path());
        let file = data.join("saqta.db");
        let database = rusqlite::Connection::open(&file).unwrap();
        database.execute("insert into schema_versions values ('data', 999, 0)", []).unwrap();
        drop(database);
        let output = run(&["serve", "--policy", text(&example()), "--data", text(&data)]);
        assert_eq!(status(&output), 3);
        assert!(stderr(&output).contains("newer saqta (schema 999"), "{}", stderr(&output));
        let database = rusqlite::Connection::open(&file).unwrap();
        let versions = "select max(version) from schema_versions";
        assert_eq!(database.query_row(versions, [], |row| row.get::<_, i64>(0)).unwrap(), 999);
    }

    #[test]
    fn an_export_verifies_and_a_falsified_one_names_the_entry() {
        let folder = tempfile::tempdir().unwrap();
        let data = installed(folder.path());
        let export = folder.path().join("export");
        let output = run(&["ledger", "export", "--json", "--data", text(&data), text(&export)]);
        assert_eq!(status(&output), 0, "{}", stdout(&output));
        let key = answer(&output)["verifier_key"].as_str().unwrap().to_owned();
        let again = run(&["ledger", "export", "--data", text(&data), text(&export)]);
        assert_eq!(status(&again), 3, "an export overwrites no other");

        let output = run(&["verify", "--json", "--key", &key, text(&export)]);
        assert_eq!(status(&output), 0, "{}", stdout(&output));
        assert_eq!(answer(&output)["ok"], json!(true));
        let kept = folder.path().join("kept.checkpoint");
        std::fs::copy(export.join("checkpoint"), &kept).unwrap();
        let output = run(&["verify", text(&export), "--checkpoint", text(&kept)]);
        assert_eq!(status(&output), 0);
        assert!(stdout(&output).contains('✓'));

        let bundle = files(&export.join("tile").join("entries")).remove(0);
        let mut bytes = bundle.1;
        *bytes.last_mut().unwrap() ^= 1;
        std::fs::write(&bundle.0, bytes).unwrap();
        let output = run(&["verify", text(&export)]);
        assert_eq!(status(&output), 4);
        assert!(stdout(&output).contains("The first wrong entry is"), "{}", stdout(&output));
        let output = run(&["verify", "--json", text(&export)]);
        assert_eq!(status(&output), 4);
        assert!(answer(&output)["first_wrong_entry"].as_u64().is_some());
    }

    #[test]
    fn a_proof_is_verified_by_itself_and_a_changed_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let server = Server::start(&folder.path().join("data"));
        let (_, first) = server.claim();
        let key = first["key"].as_str().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut proof: Value = runtime.block_on(async {
            let url = format!("{}/v1/ledger/proof/1-0", server.url());
            reqwest::Client::new().get(url).bearer_auth(key).send().await.unwrap().json().await.unwrap()
        });
        assert_eq!(server.stop(), 0);
        let file = folder.path().join("proof.json");
        std::fs::write(&file, proof.to_string()).unwrap();
        assert_eq!(status(&run(&["verify", "--proof", text(&file)])), 0);
        proof["index"] = json!(1);
        std::fs::write(&file, proof.to_string()).unwrap();
        assert_eq!(status(&run(&["verify", "--proof", text(&file)])), 4);
        std::fs::write(&file, "no proof").unwrap();
        assert_eq!(status(&run(&["verify", "--proof", text(&file)])), 3);
    }

    #[test]
    fn access_is_given_listed_and_ended() {
        let folder = tempfile::tempdir().unwrap();
        let data = installed(folder.path());
        let made = run(&[
            "access",
            "create",
            "--json",
            "--data",
            text(&data),
            "--label",
            "shop",
            "--purposes",
            "order,delivery",
            "--operations",
            "collection,retrieval",
            "--undertaking",
            "7 of 2026-01-12",
        ]);
        assert_eq!(status(&made), 0, "{}{}", stdout(&made), stderr(&made));
        let made = answer(&made);
        assert!(made["key"].as_str().unwrap().starts_with("saqta_"));
        let id = made["id"].as_str().unwrap();
        let listed = answer(&run(&["access", "list", "--json", "--data", text(&data)]));
        assert_eq!(listed["keys"][0]["scope"]["purposes"], json!(["order", "delivery"]));
        assert_eq!(listed["keys"][0]["revoked"], json!(false));
        assert_eq!(status(&run(&["access", "revoke", "--data", text(&data), id])), 0);
        assert_eq!(status(&run(&["access", "revoke", "--data", text(&data), id])), 3);
        let wrong = ["--label", "x", "--purposes", "profiling", "--operations", "retrieval"];
        let arguments = [&["access", "create", "--data", text(&data)] as &[&str], &wrong].concat();
        assert_eq!(status(&run(&arguments)), 3);
    }

    #[test]
    fn the_keys_are_turned_and_the_sweep_reports() {
        let folder = tempfile::tempdir().unwrap();
        let data = installed(folder.path());
        let before = answer(&run(&["key", "status", "--json", "--data", text(&data)]));
        let turned = answer(&run(&["key", "rotate", "--json", "--data", text(&data)]));
        let after = answer(&run(&["key", "status", "--json", "--data", text(&data)]));
        assert_eq!(turned["epoch"], after["epoch"]);
        assert!(after["epoch"].as_u64() > before["epoch"].as_u64());
        assert_eq!(after["living_epochs"], json!([after["epoch"]]));
        let swept = answer(&run(&["sweep", "--dry-run", "--json", "--data", text(&data)]));
        assert_eq!(swept["due"], json!(0));
    }

    #[test]
    fn a_customer_base_comes_in_after_a_dry_run_and_its_rejects_name_the_rows() {
        let folder = tempfile::tempdir().unwrap();
        let data = installed(folder.path());
        let (file, mapping) = (folder.path().join("base.csv"), folder.path().join("mapping.toml"));
        std::fs::write(
            &file,
            "id,name,phone,email,note\nA-1,Ким Ольга,+7 700 000 00 01,olga@mail.example,x\nA-2,Ким Марат,12,marat@mail.example,\n",
        )
        .unwrap();
        let columns = "full_name = \"name\"\nphone = \"phone\"\nemail = \"email\"\n";
        let good = format!(
            "[source]\nformat = \"csv\"\n[identify]\nattribute = [\"email\"]\n[[part]]\npurpose = \"order\"\nreference = \"{{id}}\"\n[part.columns]\n{columns}"
        );
        std::fs::write(&mapping, good.replace("\"order\"", "\"ordre\"")).unwrap();
        let import = |more: &[&str]| {
            let arguments = ["import", text(&file), "--mapping", text(&mapping), "--data", text(&data)];
            run(&[&arguments as &[&str], more].concat())
        };
        let wrong = import(&[]);
        assert_eq!(status(&wrong), 3);
        assert!(
            stderr(&wrong).contains("mapping.toml") && stderr(&wrong).contains("line 6"),
            "{}",
            stderr(&wrong)
        );

        std::fs::write(&mapping, good).unwrap();
        let rehearsed = import(&["--dry-run", "--json"]);
        assert_eq!(status(&rehearsed), 0, "{}{}", stdout(&rehearsed), stderr(&rehearsed));
        assert_eq!(answer(&rehearsed)["persons_new"], json!(1));
        let done = import(&["--json"]);
        assert_eq!(answer(&done)["persons_new"], json!(1), "a dry run imports nothing");
        assert_eq!(answer(&done)["dropped"], json!(["note"]));
        let rejects = std::fs::read_to_string(folder.path().join("base.csv.rejects.csv")).unwrap();
        assert!(rejects.contains("phone") && !rejects.contains("marat"), "{rejects}");
    }

    #[test]
    fn a_law_is_shown_on_a_day_and_compared_with_another() {
        let listed = answer(&run(&["--json", "law"]));
        assert_eq!(listed["packs"].as_array().unwrap().len(), 2);
        let shown = run(&["--json", "law", "show", "kz", "--on", "2025-01-07"]);
        assert_eq!((status(&shown), &answer(&shown)["edition"]["from"]), (0, &json!("2025-01-07")));
        let people = stdout(&run(&["law", "show", "eu", "--language", "kk"]));
        assert!(people.contains("72 сағат ішінде"), "{people}");
        let changed = stdout(&run(&["law", "diff", "kz", "2026-01-17", "2026-01-18"]));
        assert!(changed.contains("+ [T] to stop processing after a withdrawal"), "{changed}");
        for (arguments, what, todo) in [
            (vec!["law", "show", "kx"], "there is no law pack `kx`", "did you mean `kz`?"),
            (vec!["law", "show", "kz", "--on", "soon"], "`soon` is no day", "write it like"),
            (vec!["law", "show", "kz", "--on", "2001-01-01"], "begins on 2013-11-25", "ask for 2013-11-25"),
            (vec!["law", "diff", "kz", "2026-02-01", "2026-01-01"], "lies after", "the earlier day first"),
        ] {
            let failed = run(&arguments);
            assert_eq!(status(&failed), 3);
            assert!(stderr(&failed).contains(what) && stderr(&failed).contains(todo), "{}", stderr(&failed));
        }
        assert_eq!(status(&run(&["law", "show", "kz", "--language", "de"])), 2);
    }

    #[test]
    fn codes_clauses_and_receipts_are_explained() {
        let finding = answer(&run(&["--json", "policy", "explain", "purpose-endless"]));
        assert_eq!((&finding["kind"], &finding["code"]), (&json!("finding"), &json!("purpose-endless")));
        let refusal = stdout(&run(&["policy", "explain", "no_consent", "--language", "ru"]));
        assert!(refusal.contains("Что нужно"), "{refusal}");
        let unknown = run(&["policy", "explain", "no_consnt"]);
        assert_eq!(status(&unknown), 3);
        assert!(stderr(&unknown).contains("did you mean `no_consent`?"), "{}", stderr(&unknown));
        let clause = run(&["policy", "explain", "5.2", "--policy", text(&example())]);
        assert!(stdout(&clause).starts_with("5.2"), "{}", stderr(&clause));
        assert_eq!(status(&run(&["policy", "explain", "99.9", "--policy", text(&example())])), 3);
        assert_eq!(status(&run(&["policy", "explain", "5.2"])), 3);

        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let server = Server::start(&data);
        let (_, claimed) = server.claim();
        let key = claimed["key"].as_str().unwrap();
        let over_http = run(&["policy", "explain", "1-0", "--url", server.url(), "--api-key", key]);
        assert_eq!(status(&over_http), 0, "{}", stderr(&over_http));
        let missing = run(&["policy", "explain", "1-999", "--url", server.url(), "--api-key", key]);
        assert_eq!(status(&missing), 3, "{}", stderr(&missing));
        assert_eq!(server.stop(), 0);
        let at_the_machine = run(&["policy", "explain", "1-0", "--data", text(&data)]);
        assert_eq!(status(&at_the_machine), 0, "{}", stderr(&at_the_machine));
        assert_eq!(stdout(&over_http), stdout(&at_the_machine));
        assert!(stdout(&over_http).contains("version 1 of the policy"), "{}", stdout(&over_http));
        assert_eq!(status(&run(&["policy", "explain", "1-0"])), 3);
    }

    #[test]
    fn wrong_usage_has_a_status_of_its_own() {
        assert_eq!(status(&run(&["frobnicate"])), 2);
        assert_eq!(status(&run(&[])), 2);
        assert_eq!(status(&run(&["serve"])), 2);
        assert_eq!(status(&run(&["verify"])), 2);
        assert_eq!(status(&run(&["--help"])), 0);
    }

    #[test]
    fn the_api_is_described_in_json() {
        let output = run(&["openapi"]);
        assert_eq!(status(&output), 0);
        assert!(answer(&output)["openapi"].as_str().unwrap().starts_with("3.1"));
    }

    #[test]
    fn a_reader_that_goes_away_ends_nothing_badly() {
        let mut child = saqta(&["demo", "--exit", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = [0; 16];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(status(&output), 0, "{}", stderr(&output));
    }

    #[test]
    fn a_text_alone_is_checked_and_its_errors_end_with_three() {
        let folder = tempfile::tempdir().unwrap();
        let good = run(&["--json", "policy", "check", text(&example().join("text.en.md"))]);
        assert_eq!(status(&good), 0);
        assert_eq!(answer(&good)["clauses"].as_array().unwrap().len(), 64);
        let file = folder.path().join("short.md");
        std::fs::write(&file, "## 1. A\n\n1.1. Hello.\n\n1.1. Again.\n").unwrap();
        let bad = run(&["policy", "check", "--language", "ru", "--on", "2026-11-22", text(&file)]);
        assert_eq!(status(&bad), 3);
        assert!(stdout(&bad).contains("clause-twice") && stdout(&bad).contains("Пункт 1.1"));
        std::fs::write(&file, vec![b'a'; 10 * 1024 * 1024]).unwrap();
        let large = run(&["policy", "check", text(&file)]);
        assert_eq!(status(&large), 3);
        assert!(stderr(&large).contains("larger than"), "{}", stderr(&large));
        let missing = run(&["policy", "check", text(&folder.path().join("no.md"))]);
        assert_eq!(status(&missing), 3);
        assert!(stderr(&missing).contains("no.md"));
    }
}
