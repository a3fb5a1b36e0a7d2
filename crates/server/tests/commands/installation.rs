//! Does an installation begin, serve, export, take in and end as its commands promise?

use std::io::Read;
use std::path::Path;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::support::{
    Server, answer, example, files, installed, policy_with, post, run, saqta, status, stderr, stdout, text,
};

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
fn an_operator_sets_how_often_one_key_may_ask() {
    let folder = tempfile::tempdir().unwrap();
    for (allowed, refused) in [("1", true), ("100000", false)] {
        let more = ["--requests-per-second", allowed];
        let server = Server::start_as(&folder.path().join(allowed), Some(&example()), None, &more);
        let (_, first) = server.claim();
        let key = first["key"].as_str();
        let url = format!("{}/v1/jobs/run", server.url());
        let statuses: Vec<u16> = (0..20).map(|_| post(&url, key, &json!({ "dry_run": true })).0).collect();
        assert_eq!(statuses.contains(&429), refused, "{statuses:?}");
        assert_eq!(server.stop(), 0);
    }
    assert_eq!(status(&run(&["serve", "--data", "x", "--requests-per-second", "0"])), 2);
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
    let output =
        run(&["serve", "--policy", text(&example()), "--data", text(&data), "--root-key", text(&foreign)]);
    assert_eq!(status(&output), 3);
    assert!(stderr(&output).contains("root.key"), "{}", stderr(&output));
    assert!(stderr(&output).contains("→"), "{}", stderr(&output));
    let kept = |path: &Path| path.extension().is_none_or(|e| e != "db-wal" && e != "db-shm" && e != "lock");
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
