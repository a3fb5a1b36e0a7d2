//! Does a version go its way by command: published, listed, called off, and a start survives a folder that cannot be used?

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::support::{Server, answer, installed, policy_with, run, status, stderr, stdout, text};

#[test]
fn a_server_goes_on_under_the_version_in_force_when_the_folder_cannot_be_used() {
    let folder = tempfile::tempdir().unwrap();
    let data = installed(folder.path());
    let broken = policy_with(folder.path(), "kind          = \"phone\"", "kind          = \"fone\"");
    let starts = |policy: &Path, approved_by: Option<&str>| {
        let server = Server::start_with(&data, Some(policy), approved_by);
        let told = server.said["policy"].as_str().unwrap().to_owned();
        assert!(told.starts_with("version 1 stays in force"), "{told}");
        assert!(server.said["policy_fault"]["what"].is_string());
        assert_eq!(server.stop(), 0);
        told
    };
    let goes_on = |policy: &Path| starts(policy, Some("The director"));
    assert!(goes_on(&broken).contains("line"));
    std::fs::remove_file(broken.join("text.ru.md")).unwrap();
    goes_on(&broken);
    std::fs::remove_dir_all(&broken).unwrap();
    goes_on(&broken);
    // A version that would have had to take effect in the past is not adopted either.
    let late = version_two(folder.path(), "2026-02-01");
    assert!(goes_on(&late).contains("past"));
    // Nor one that nobody approves.
    assert!(starts(&late, None).contains("nobody is named"));

    let server = Server::start_with(&data, None, None);
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
    for said in ["version 2", "approved", "2999-01-01T00:00:00+05:00", "https://shop.example/policy/v/2"] {
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
    let server = Server::start_with(&data, Some(&policy), None);
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
