//! A shop whose policy has a past and a future, and the addresses of all its public pages.

use saqta_testkit::shop::{Shop, Store, example_files, system};

/// The languages of the example.
pub const LANGUAGES: [&str; 3] = ["kk", "ru", "en"];

/// What the later versions say anew in each language: the sentence added to clause 11.2, and clause 11.4 in two wordings.
const NEW_WORDS: [(&str, [&str; 3]); 3] = [
    (
        "kk",
        [
            "Хабарды күшіне енерден кемінде он күн бұрын жібереміз.",
            "Біз жыл сайын осы саясаттың орындалуын тексереміз.",
            "Біз жыл сайын осы саясаттың орындалуын тексеріп, нәтижесін осы бетте жариялаймыз.",
        ],
    ),
    (
        "ru",
        [
            "Уведомление отправляем не позже чем за десять дней до начала действия.",
            "Каждый год мы проверяем, исполняется ли эта политика.",
            "Каждый год мы проверяем, исполняется ли эта политика, и публикуем итог на этой странице.",
        ],
    ),
    (
        "en",
        [
            "The notice goes out no later than ten days before that date.",
            "Every year we check whether this policy is kept.",
            "Every year we check whether this policy is kept, and publish the outcome on this page.",
        ],
    ),
];

/// A shop with three versions: one replaced, one in force, one not in force yet.
pub async fn with_three_versions() -> Shop {
    let shop = Shop::open(Store::Sqlite, Default::default()).await.unwrap();
    for (version, from) in [(2, "2026-03-04"), (3, "2026-09-01")] {
        let files = example_files().into_iter().map(|(name, bytes)| {
            let text = String::from_utf8(bytes).unwrap();
            let text = revised(&name, &text, version, from);
            (name, text)
        });
        shop.app().publish_files(&system(), files.collect(), "Test").await.unwrap();
    }
    shop.wait(jiff::ToSpan::days(3)).await;
    shop
}

fn revised(name: &str, text: &str, version: u32, from: &str) -> String {
    if name == "policy.toml" {
        let text = text.replacen("version        = 1", &format!("version        = {version}"), 1);
        let text = text.replacen("2026-01-12", from, 1);
        return text.replacen("\"2.8\", \"2.10\"]", "\"2.8\"]", 1);
    }
    let words = NEW_WORDS.iter().find(|(language, _)| name == format!("text.{language}.md"));
    let Some((_, [notice, promise, wider])) = words else { return text.to_owned() };
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with("2.10. ")) {
        lines.push(match line.split_once(' ') {
            Some(("11.1.", rest)) => format!("11.1. {}", rest.replace('3', "2")),
            Some(("11.2.", rest)) => format!("11.2. {rest} {notice}"),
            _ => line.to_owned(),
        });
    }
    let promise = if version == 2 { promise } else { wider };
    lines.push(format!("\n11.4. {promise}\n"));
    lines.join("\n")
}

/// The path of every page of the policy, without its language.
pub const PAGES: [&str; 9] = [
    "/policy",
    "/policy/versions",
    "/policy/clauses",
    "/policy/v/1",
    "/policy/v/2",
    "/policy/v/3",
    "/policy/diff/1/2",
    "/policy/diff/2/3",
    "/policy/diff/2/2",
];

/// Every page of the policy in every language.
pub fn addresses() -> impl Iterator<Item = (String, &'static str)> {
    PAGES.iter().flat_map(|page| LANGUAGES.map(|language| (format!("{page}/{language}"), language)))
}
