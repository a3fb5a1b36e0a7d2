//! Clause 11.3: the policy in force is open to everybody at a fixed address, in three languages and for machines.

use jiff::ToSpan;
use saqta_testkit::shop::on_both;

use crate::acts::{SECOND_VERSION, policy_with};

#[test]
fn anybody_reads_the_policy_in_three_languages_and_as_json() {
    on_both(async |shop| {
        let first_words = [
            ("kk", "Дербес деректерді өңдеу саясаты"),
            ("ru", "Политика обработки персональных данных"),
            ("en", "Personal data policy"),
        ];
        for (language, words) in first_words {
            let page = shop.get(None, &format!("/policy/{language}")).await.done();
            let page = page.as_str().unwrap();
            assert!(page.contains(&format!("lang=\"{language}\"")), "{language}");
            assert!(page.contains(words), "{language}");
        }
        assert!(shop.get(None, "/policy").await.done().as_str().unwrap().contains("Personal data policy"));
        let machine = shop.get(None, "/policy.json").await.done();
        assert_eq!(machine["version"], 1, "{machine}");
        shop.get(None, "/policy/de").await.problem(404, "not_found");
        shop.get(None, "/v1/policies").await.problem(401, "unknown_key");
    });
}

#[test]
fn the_page_follows_the_version_in_force() {
    on_both(async |shop| {
        let administrator = shop.administrator().await;
        shop.post(&administrator, "/v1/policies", policy_with(&SECOND_VERSION)).await.done();
        assert_eq!(shop.get(None, "/policy.json").await.done()["version"], 1);
        shop.wait(3.days()).await;
        assert_eq!(shop.get(None, "/policy.json").await.done()["version"], 2);
    });
}
