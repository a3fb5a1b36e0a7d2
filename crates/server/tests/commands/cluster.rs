//! Is somebody who prepares a cluster, or takes all logs out, told what is and what is missing?

use super::support::{answer, installed, run, status, stderr, stdout, text};

#[test]
fn a_server_without_citus_is_refused_and_nothing_is_made_on_it() {
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration but this variable")]
    let Ok(url) = std::env::var("SAQTA_TEST_PGURL") else {
        println!("the refusal was not tried: SAQTA_TEST_PGURL is not set");
        return;
    };
    let refused = run(&["store", "distribute", "--postgres", &url, "--shards", "8"]);
    assert_eq!(status(&refused), 3, "{}", stderr(&refused));
    assert!(stderr(&refused).contains("there is no Citus in this database"), "{}", stderr(&refused));
    let told = run(&["--json", "store", "distribute", "--postgres", &url, "--dry-run"]);
    assert_eq!(status(&told), 3);
    assert!(answer(&told)["error"]["todo"].as_str().unwrap().contains("create extension citus"));
}

#[test]
fn a_cluster_needs_an_address_and_at_least_one_part() {
    assert_eq!(status(&run(&["store", "distribute"])), 2);
    assert_eq!(status(&run(&["store", "distribute", "--postgres", "postgres://x", "--shards", "0"])), 2);
    let nowhere = run(&["store", "distribute", "--postgres", "postgres://saqta@127.0.0.1:1/x"]);
    assert_eq!(status(&nowhere), 3, "{}", stderr(&nowhere));
}

#[test]
fn all_logs_are_taken_out_into_folders_of_their_own_and_verify_with_their_keys() {
    let folder = tempfile::tempdir().unwrap();
    let data = installed(folder.path());
    let out = folder.path().join("out");
    let exported = run(&["--json", "ledger", "export", "--data", text(&data), "--all", text(&out)]);
    assert_eq!(status(&exported), 0, "{}", stderr(&exported));
    let logs = answer(&exported)["logs"].as_array().unwrap().clone();
    assert_eq!(logs.len(), 1);
    let (first, key) = (out.join("1"), logs[0]["verifier_key"].as_str().unwrap().to_owned());
    let verified = run(&["verify", text(&first), "--key", &key]);
    assert_eq!(status(&verified), 0, "{}", stderr(&verified));
    // The same export twice is no second log: each is verified by itself, and nobody names the other.
    let twice = run(&["verify", text(&first), text(&first)]);
    assert_eq!(status(&twice), 0, "{}", stdout(&twice));
    let gone = run(&["verify", text(&first), text(&folder.path().join("gone"))]);
    assert_eq!(status(&gone), 3);
}
