//! Clause 11.2: a version is drafted, checked, approved by somebody who is named, takes effect on its day and is superseded; what
//! was published by mistake is called off before its day.

use jiff::ToSpan;
use saqta_testkit::shop::{Key, Shop, on_both};
use saqta_testkit::watch;
use serde_json::{Value, json};

use crate::acts::{APPROVER, SECOND_VERSION, draft_with, policy_with};

const THIRD_VERSION: [(&str, &str); 2] = [
    ("version        = 1", "version        = 3"),
    ("effective_from = 2026-01-12", "effective_from = 2026-03-05"),
];

const BROKEN: (&str, &str) = ("kind          = \"phone\"", "kind          = \"fone\"");

/// Number and state of every version, as an administrator sees them.
async fn states(shop: &Shop, key: &Key) -> Vec<(u64, String)> {
    let listed = shop.get(Some(key), "/v1/policies").await.done();
    let versions = listed["versions"].as_array().unwrap();
    versions
        .iter()
        .map(|v| (v["version"].as_u64().unwrap(), v["state"].as_str().unwrap().to_owned()))
        .collect()
}

fn are(found: Vec<(u64, String)>, expected: &[(u64, &str)]) {
    let found: Vec<(u64, &str)> = found.iter().map(|(number, state)| (*number, state.as_str())).collect();
    assert_eq!(found, expected);
}

async fn keeps(shop: &Shop, key: &Key, changes: &[(&str, &str)]) -> Value {
    shop.post(key, "/v1/policies", draft_with(changes)).await.done()
}

fn approval(digest: &Value) -> Value {
    json!({ "approved_by": APPROVER, "digest": digest })
}

/// The decision at a receipt, as the ledger has it.
async fn leaf(shop: &Shop, key: &Key, answer: &Value) -> Value {
    let receipt = &answer["receipt"];
    shop.get(Some(key), &format!("/v1/decisions/{}-{}", receipt["log"], receipt["index"])).await.done()
}

#[test]
fn a_version_goes_from_draft_to_superseded_and_every_restart_finds_it_where_it_was() {
    let life = async |mut shop: Shop| {
        let key = shop.administrator().await;
        let [number, day] = SECOND_VERSION;
        let kept = keeps(&shop, &key, &[number, day, BROKEN]).await;
        assert_eq!((&kept["state"], &kept["digest"]), (&json!("draft"), &Value::Null));
        assert!(kept["findings"].as_array().unwrap().iter().any(|f| f["severity"] == "error"), "{kept}");
        shop = shop.restart().await;
        are(states(&shop, &key).await, &[(1, "effective"), (2, "draft")]);

        let kept = keeps(&shop, &key, &SECOND_VERSION).await;
        assert_eq!(kept["state"], "checked");
        assert_eq!(leaf(&shop, &key, &kept).await["operation"], "policy.drafted");
        shop = shop.restart().await;
        are(states(&shop, &key).await, &[(1, "effective"), (2, "checked")]);
        let read = shop.get(Some(&key), "/v1/policies/2/draft").await.done();
        assert_eq!(read["digest"], kept["digest"]);
        assert_eq!(read["files"], draft_with(&SECOND_VERSION)["files"]);

        let approved = shop.post(&key, "/v1/policies/2/approval", approval(&kept["digest"])).await.done();
        assert_eq!(approved["state"], "approved");
        assert_eq!(approved["effective_in_zone"], "2026-03-04T00:00:00+05:00[Asia/Almaty]");
        let decided = leaf(&shop, &key, &approved).await;
        assert_eq!(
            (&decided["operation"], &decided["policy_version"]),
            (&json!("policy.published"), &json!(2))
        );
        shop = shop.restart().await;
        are(states(&shop, &key).await, &[(1, "effective"), (2, "approved")]);
        shop.get(Some(&key), "/v1/policies/2/draft").await.problem(404, "not_found");
        assert_eq!(shop.get(None, "/policy.json").await.done()["version"], 1);

        shop.wait(3.days()).await;
        are(states(&shop, &key).await, &[(1, "superseded"), (2, "effective")]);
        shop = shop.restart().await;
        are(states(&shop, &key).await, &[(1, "superseded"), (2, "effective")]);
        let listed = shop.get(Some(&key), "/v1/policies").await.done();
        let [first, second] = [&listed["versions"][0], &listed["versions"][1]];
        assert_eq!(first["effective_until"], second["effective_from"]);
        assert_eq!((&second["approved_by"], &second["receipt"]), (&json!(APPROVER), &approved["receipt"]));
        shop.close().await;
    };
    on_both_whole(life);
}

/// A test that closes and opens its shop.
fn on_both_whole(test: impl AsyncFn(Shop)) {
    use saqta_testkit::shop::Store;
    for store in [Store::Sqlite, Store::Postgres] {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            if let Some(shop) = Shop::open(store, saqta_app::instance::Limits::default()).await {
                test(shop).await;
            }
        });
    }
}

#[test]
fn a_draft_is_replaced_and_let_go_at_will_and_decides_nothing() {
    on_both(async |shop| {
        let (key, clerk) = (shop.administrator().await, shop.key(&["order"]).await);
        let first = keeps(shop, &key, &SECOND_VERSION).await;
        let [number, _] = SECOND_VERSION;
        let second =
            keeps(shop, &key, &[number, ("effective_from = 2026-01-12", "effective_from = 2026-03-05")])
                .await;
        assert_ne!(first["digest"], second["digest"]);
        are(states(shop, &key).await, &[(1, "effective"), (2, "checked")]);
        are(states(shop, &clerk).await, &[(1, "effective")]);
        shop.wait(10.days()).await;
        assert_eq!(shop.get(None, "/policy.json").await.done()["version"], 1, "a draft took effect");

        let dropped = shop.delete(&key, "/v1/policies/2/draft").await.done();
        assert_eq!(leaf(shop, &key, &dropped).await["operation"], "policy.draft_dropped");
        shop.delete(&key, "/v1/policies/2/draft").await.problem(404, "not_found");
        are(states(shop, &key).await, &[(1, "effective")]);
    });
}

#[test]
fn what_cannot_be_a_draft_or_an_approval_is_refused_with_the_reason() {
    on_both(async |shop| {
        let (key, clerk) = (shop.administrator().await, shop.key(&["order"]).await);
        let refused = async |path: &str, body: Value, status: u16, code: &str| {
            shop.post(&key, path, body).await.problem(status, code)
        };
        // A draft needs a number that is still free, and whoever keeps it has to administer.
        let nothing =
            refused("/v1/policies", json!({ "files": { "policy.toml": "format = 1\n" } }), 422, "policy")
                .await;
        assert!(!nothing["findings"].as_array().unwrap().is_empty());
        refused("/v1/policies", json!({ "files": {} }), 422, "policy").await;
        refused("/v1/policies", draft_with(&[]), 409, "number_not_higher").await;
        shop.post(&clerk, "/v1/policies", draft_with(&SECOND_VERSION))
            .await
            .problem(403, "not_administrator");

        let kept = keeps(shop, &key, &SECOND_VERSION).await;
        let path = "/v1/policies/2/approval";
        let good = approval(&kept["digest"]);
        shop.post(&clerk, path, good.clone()).await.problem(403, "not_administrator");
        refused("/v1/policies/7/approval", good.clone(), 404, "not_found").await;
        refused(path, json!({ "approved_by": APPROVER, "digest": "12" }), 400, "digest_malformed").await;
        for name in ["", "   ", "A\u{7}B", &"й".repeat(201)] {
            let bad = json!({ "approved_by": name, "digest": kept["digest"] });
            refused(path, bad, 400, "approver_malformed").await;
        }
        // Only what was read is approved: not another text, and not one with errors.
        let [number, day] = SECOND_VERSION;
        keeps(shop, &key, &[number, day, ("strict         = false", "strict         = true")]).await;
        refused(path, good.clone(), 409, "draft_changed").await;
        keeps(shop, &key, &[number, day, BROKEN]).await;
        let errors = refused(path, good.clone(), 422, "policy").await;
        assert!(errors["findings"].as_array().unwrap().iter().any(|f| f["severity"] == "error"));
        let late =
            keeps(shop, &key, &[number, ("effective_from = 2026-01-12", "effective_from = 2026-02-01")])
                .await;
        refused(path, approval(&late["digest"]), 409, "effective_in_the_past").await;
        are(states(shop, &key).await, &[(1, "effective"), (2, "checked")]);

        keeps(shop, &key, &SECOND_VERSION).await;
        shop.post(&key, path, good.clone()).await.done();
        refused(path, good, 409, "already_published").await;
        refused("/v1/policies", draft_with(&SECOND_VERSION), 409, "number_not_higher").await;
        let same_day = [THIRD_VERSION[0], SECOND_VERSION[1]];
        refused("/v1/policies", policy_with(&same_day), 409, "not_after_the_last").await;
    });
}

#[test]
fn of_approvals_at_once_one_wins_and_the_others_are_told() {
    on_both(async |shop| {
        let key = shop.administrator().await;
        let kept = keeps(shop, &key, &SECOND_VERSION).await;
        let approve = || shop.post(&key, "/v1/policies/2/approval", approval(&kept["digest"]));
        let whole = || shop.post(&key, "/v1/policies", policy_with(&SECOND_VERSION));
        let (a, b, c, d) = tokio::join!(approve(), whole(), approve(), whole());
        let mut answers = [a, b, c, d].map(|answer| answer.status);
        answers.sort_unstable();
        assert_eq!(answers, [201, 409, 409, 409]);
        are(states(shop, &key).await, &[(1, "effective"), (2, "approved")]);
    });
}

#[test]
fn a_version_published_by_mistake_is_called_off_before_its_day_and_not_after_it() {
    on_both(async |shop| {
        let (key, clerk) = (shop.administrator().await, shop.key(&["order"]).await);
        let path = |number: u32| format!("/v1/policies/{number}/cancellation");
        let by = json!({ "cancelled_by": APPROVER });
        shop.post(&key, "/v1/policies", policy_with(&SECOND_VERSION)).await.done();
        shop.post(&clerk, &path(2), by.clone()).await.problem(403, "not_administrator");
        shop.post(&key, &path(1), by.clone()).await.problem(409, "already_effective");
        shop.post(&key, &path(7), by.clone()).await.problem(404, "not_found");
        shop.post(&key, &path(2), json!({ "cancelled_by": "" })).await.problem(400, "approver_malformed");

        let done = shop.post(&key, &path(2), by.clone()).await.done();
        assert_eq!(leaf(shop, &key, &done).await["operation"], "policy.cancelled");
        shop.post(&key, &path(2), by.clone()).await.problem(409, "already_cancelled");
        are(states(shop, &key).await, &[(1, "effective"), (2, "cancelled")]);
        let read = shop.get(Some(&key), "/v1/policies/2").await.done();
        assert_eq!((&read["cancelled_by"], &read["state"]), (&json!(APPROVER), &json!("cancelled")));
        // It stays readable; what lay beside it in the folder and was not part of it is not kept.
        let mut approved = draft_with(&SECOND_VERSION)["files"].clone();
        approved
            .as_object_mut()
            .unwrap()
            .retain(|name, _| name == "policy.toml" || name.starts_with("text."));
        assert_eq!(approved.as_object().unwrap().len(), 4);
        assert!(read["files"] == approved);

        // Its number is used up, its day is free.
        shop.post(&key, "/v1/policies", policy_with(&SECOND_VERSION)).await.problem(409, "number_not_higher");
        let third = [THIRD_VERSION[0], SECOND_VERSION[1]];
        shop.post(&key, "/v1/policies", policy_with(&third)).await.done();
        shop.wait(3.days()).await;
        are(states(shop, &key).await, &[(1, "superseded"), (2, "cancelled"), (3, "effective")]);
        assert_eq!(shop.get(None, "/policy.json").await.done()["version"], 3);
        shop.post(&key, &path(3), by).await.problem(409, "already_effective");
    });
}

#[test]
fn every_process_knows_at_once_what_another_one_published_and_called_off() {
    on_both(async |shop| {
        let Some(other) = shop.another().await else { return };
        let key = shop.administrator().await;
        shop.post(&key, "/v1/policies", policy_with(&SECOND_VERSION)).await.done();
        assert_eq!(other.view().await.unwrap().version.policy.version, 1);
        assert!(other.version(2).is_some());
        shop.post(&key, "/v1/policies/2/cancellation", json!({ "cancelled_by": APPROVER })).await.done();
        other.view().await.unwrap();
        assert!(other.version(2).is_some_and(|v| v.cancelled.is_some()));

        let third = [THIRD_VERSION[0], SECOND_VERSION[1]];
        let files = serde_json::from_value(draft_with(&third)["files"].clone()).unwrap();
        let here = shop.post(&key, "/v1/policies", policy_with(&third));
        let caller = saqta_testkit::shop::system();
        let there = other.publish_files(&caller, files, APPROVER);
        let (here, there) = tokio::join!(here, there);
        assert_eq!(u8::from(here.status == 201) + u8::from(there.is_ok()), 1, "{here:?} {there:?}");
        other.close().await;
    });
}

#[test]
fn the_approvers_name_is_for_administrators_and_stands_in_no_leaf_log_or_error() {
    on_both(async |shop| {
        watch::plant_value(APPROVER);
        let (key, clerk) = (shop.administrator().await, shop.key(&["order"]).await);
        shop.post(&key, "/v1/policies", policy_with(&SECOND_VERSION)).await.done();
        shop.post(&key, "/v1/policies/2/cancellation", json!({ "cancelled_by": APPROVER })).await.done();
        shop.post(&key, "/v1/policies", policy_with(&SECOND_VERSION)).await.problem(409, "number_not_higher");
        let seen = shop.get(Some(&clerk), "/v1/policies").await.done();
        assert!(!seen.to_string().contains(APPROVER), "{seen}");
        assert!(shop.get(Some(&key), "/v1/policies").await.done().to_string().contains(APPROVER));
        shop.get(Some(&clerk), "/v1/policies/2").await.problem(403, "not_administrator");
        shop.get(Some(&clerk), "/v1/policies/2/draft").await.problem(403, "not_administrator");
        for page in ["/policy/kk", "/policy/ru", "/policy/en", "/policy.json"] {
            assert!(!shop.get(None, page).await.done().to_string().contains(APPROVER), "{page}");
        }
    });
}
