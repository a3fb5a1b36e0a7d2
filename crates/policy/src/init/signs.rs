//! What sort of promise is a clause, by its words, and which block would make it true?
//!
//! The words are stems in Russian, Kazakh and English. A sign that is wrong costs a block that the operator deletes; a clause
//! without any sign is listed, never passed over.

use std::collections::{BTreeMap, BTreeSet};

use saqta_domain::terms::names::Clause;

use super::facts::{Facts, emails};
use crate::texts::{ClauseText, Document};

/// Which clause goes where.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    /// Blocks in the order in which a policy has them, with their clauses in the order of the text.
    pub(super) blocks: Vec<(String, Vec<Clause>)>,
    /// Clauses that only explain.
    pub(super) explains: Vec<Clause>,
    /// Clauses without any sign.
    pub(super) open: Vec<Clause>,
}

/// One way to know a clause that a block makes true: of each group one stem, and none that speaks against it.
struct Sign {
    block: &'static str,
    of_each: &'static [&'static [&'static str]],
    none_of: &'static [&'static str],
}

const fn sign(block: &'static str, of_each: &'static [&'static [&'static str]]) -> Sign {
    Sign { block, of_each, none_of: &[] }
}

const CONSENT: &[&str] = &["соглас", "келісім", "consent"];
const CLAIM: &[&str] =
    &["требовать", "имеют право", "имеет право", "вправе", "талап ет", "құқығы бар", "right to"];
/// The list of operations names everything that people may also demand.
const LIST: &[&str] = &["систематизац", "жүйеле", "systematis"];

/// Other people's texts are named by the same words as the operator's duty.
const NAMES_A_TEXT: &[&str] =
    &["политикой конфиденциальности", "политикам конфиденциальности", "құпиялылық саясат", "privacy polic"];
/// Whoever lists all duties promises answers above all, and the operator's block gives none.
const DUTIES: &[&str] =
    &["отвечать на обращения", "отвечать на запросы", "өтініштерге жауап", "answer requests"];

/// In the order in which blocks stand in a policy.
const SIGNS: &[Sign] = &[
    Sign {
        block: OPERATOR,
        of_each: &[&[
            "безопасност",
            "сохранност",
            "конфиденциальн",
            "қауіпсізд",
            "құпиял",
            "confidential",
            "security",
        ]],
        none_of: NAMES_A_TEXT,
    },
    Sign {
        block: OPERATOR,
        of_each: &[&[
            "публиковать",
            "свободном доступе",
            "актуальная версия",
            "изменения политики",
            "саясаттың қолданыстағы",
            "current version",
            "changes to this policy",
        ]],
        none_of: DUTIES,
    },
    sign(OPERATOR, &[&["настоящая политика", "осы саясат", "this policy"]]),
    sign(
        OPERATOR,
        &[&["законной и справедливой", "заңды және әділ", "lawful and fair", "lawfully and fairly"]],
    ),
    sign(OPERATOR, &[&["автоматизированную обработку", "автоматтандырылған өңдеу", "automated processing"]]),
    sign(
        ATTRIBUTE,
        &[&["избыточн", "отвечают целям", "точность", "артық дерек", "excessive", "minimis", "accurate"]],
    ),
    sign(ATTRIBUTE, &[&["достоверные данные", "недостоверные", "шынайы дерек", "true data"]]),
    sign(
        "purpose.order",
        &[&["исполнения договора", "шартты орындау", "performance of a contract", "performing a contract"]],
    ),
    sign(
        "purpose.order",
        &[&[
            "не дольше",
            "срок обработки",
            "срок хранения",
            "условием прекращения",
            "достижением целей",
            "сақтау мерзім",
            "no longer than",
            "retention",
        ]],
    ),
    Sign {
        block: "purpose.order",
        of_each: &[&[
            "заранее определ",
            "заявленн",
            "объединение баз",
            "біріктіруге",
            "specified purpose",
            "merging",
        ]],
        none_of: CLAIM,
    },
    sign("purpose.order", &[LIST]),
    sign("purpose.delivery", &[&["доставк", "жеткізу", "delivery"]]),
    sign(
        "purpose.invoice",
        &[&[
            "международным договором",
            "возложенных законодательством",
            "возложенных на",
            "заңмен жүктелген",
            "legal obligation",
        ]],
    ),
    sign("purpose.court_orders", &[&["правосуди", "судебного акта", "сот актісі", "court order"]]),
    sign(
        "purpose.marketing",
        &[CONSENT, &["продвижени", "реклам", "рассыл", "жарнама", "marketing", "advertis", "newsletter"]],
    ),
    sign(
        "purpose.marketing",
        &[&[
            "с согласия субъекта",
            "на основании согласия",
            "субъектінің келісімімен",
            "with the consent of",
            "on the basis of consent",
        ]],
    ),
    sign(
        "purpose.site_visit",
        &[&["законных интересов", "законного интереса", "заңды мүдде", "legitimate interest"]],
    ),
    sign("purpose.site_visit", &[&["cookie", "куки"]]),
    sign("purpose.reviews", &[&["общедоступн", "жалпыға қолжетімді", "made public by"]]),
    sign(
        "purpose.partner_register",
        &[&[
            "подлежащих опубликованию",
            "обязательному раскрытию",
            "жариялануға тиіс",
            "required to be published",
        ]],
    ),
    sign("purpose.promo", &[&["промокод", "купон", "promo code", "coupon", "voucher"]]),
    sign(
        "recipient.carrier",
        &[&["транспортных компан", "курьер", "перевозчик", "тасымалдаушы", "carrier", "courier"]],
    ),
    sign(
        "recipient.payment",
        &[&[
            "платежн",
            "платёжн",
            "төлем жүйе",
            "төлем қызмет",
            "payment system",
            "payment service",
            "payment provider",
        ]],
    ),
    sign("recipient.abroad", &[&["трансграничн", "трансшекаралық", "cross-border", "third countr"]]),
    sign(RECIPIENTS, &[&["третьим лицам", "третьему лицу", "үшінші тұлға", "third part"]]),
    sign(
        "request.access",
        &[&[
            "получать информацию",
            "информацию, касающуюся",
            "ақпарат алу",
            "right of access",
            "access to their data",
            "access to your data",
        ]],
    ),
    Sign {
        block: "request.rectification",
        of_each: &[&["уточнени", "актуализ", "неточност", "нақтыла", "өзекте", "rectif", "inaccura"]],
        none_of: LIST,
    },
    Sign {
        block: "request.restriction",
        of_each: &[&["блокирован", "бұғатта", "restriction", "blocking"], CLAIM],
        none_of: LIST,
    },
    sign(
        "request.unrestriction",
        &[&["снятие блокирован", "снять блокирован", "бұғаттауды алып", "lifting of a block", "unblock"]],
    ),
    Sign {
        block: "request.destruction",
        of_each: &[&["уничтожени", "жоюды", "erasure", "destruction"], CLAIM],
        none_of: LIST,
    },
    sign("request.withdrawal", &[CONSENT, &["отзыв", "отозвать", "кері қайтар", "withdraw"]]),
    sign(
        "request.stop",
        &[&[
            "требование о прекращении",
            "требования о прекращении",
            "требованием о прекращении",
            "өңдеуді тоқтату",
            "stop processing",
        ]],
    ),
    sign("request.objection", &[&["возраж", "қарсылық", "object to"]]),
    sign(
        "request.dissemination",
        &[
            &["запреты", "запретов", "тыйым", "prohibition"],
            &["распространен", "предоставлен", "тарату", "dissemination", "making available"],
        ],
    ),
    sign("request.complaint", &[&["обжалов", "шағым", "complain"]]),
    sign("request.explanation", &[&["разъяснени", "отвечать на обращения", "түсіндірме", "explanation"]]),
    sign(
        "request.authority",
        &[
            &["уполномоченный орган", "уәкілетті орган", "supervisory authority", "authorised body"],
            &["по запросу", "сұрау салу", "request of", "on request"],
        ],
    ),
];

pub(super) const OPERATOR: &str = "operator";
/// Stands for all attributes that are drafted.
pub(super) const ATTRIBUTE: &str = "attribute";
/// Stands for all recipients that are drafted.
const RECIPIENTS: &str = "recipient";
pub(super) const MAILBOX: &str = "mailbox";

const DEFINITIONS: &[&str] = &["поняти", "термин", "определения", "ұғым", "definition", "terms used"];
const AIM: &[&str] = &["целью и условием", "своей важнейшей целью", "басты мақсат", "our aim", "its aim"];

/// Sorts every clause that says something.
pub(super) fn sort(document: &Document, facts: &Facts) -> Sorted {
    let mut sorted = Sorted::default();
    let mut found: BTreeMap<&'static str, BTreeSet<Clause>> = BTreeMap::new();
    for clause in &document.clauses {
        if clause.markdown.is_empty() && document.within(&clause.number).count() > 0 {
            continue;
        }
        let text = words(clause);
        let blocks = blocks_of(&text, facts);
        if defines(document, clause) || AIM.iter().any(|stem| text.contains(stem)) {
            sorted.explains.push(clause.number.clone());
        } else if blocks.is_empty() {
            sorted.open.push(clause.number.clone());
        }
        if !sorted.explains.contains(&clause.number) {
            for block in blocks {
                found.entry(block).or_default().insert(clause.number.clone());
            }
        }
    }
    settle(&mut found);
    let order = SIGNS.iter().map(|s| s.block).filter(|b| *b != RECIPIENTS);
    let order = order.chain(["recipient.partner", MAILBOX]);
    for block in order {
        if let Some(clauses) = found.remove(block) {
            sorted.blocks.push((block.to_owned(), clauses.into_iter().collect()));
        }
    }
    sorted
}

fn words(clause: &ClauseText) -> String {
    let heading = clause.heading.as_deref().unwrap_or_default();
    format!("{heading} {}", clause.markdown).to_lowercase()
}

fn blocks_of(text: &str, facts: &Facts) -> BTreeSet<&'static str> {
    let mut blocks: BTreeSet<&'static str> = SIGNS
        .iter()
        .filter(|s| s.of_each.iter().all(|group| group.iter().any(|stem| text.contains(stem))))
        .filter(|s| !s.none_of.iter().any(|stem| text.contains(stem)))
        .map(|s| s.block)
        .collect();
    if facts.email.as_ref().is_some_and(|email| emails(text).contains(email)) {
        blocks.insert(MAILBOX);
    }
    blocks
}

/// Whether the clause stands in a section of definitions.
fn defines(document: &Document, clause: &ClauseText) -> bool {
    let section = clause.number.as_str().split('.').next().and_then(Clause::new);
    let heading = section.and_then(|number| document.clause(&number)).and_then(|s| s.heading.as_ref());
    heading.is_some_and(|heading| {
        let heading = heading.to_lowercase();
        DEFINITIONS.iter().any(|stem| heading.contains(stem))
    })
}

/// What speaks of all recipients goes to each; a purpose that hands data to a carrier needs the carrier, and every purpose
/// needs something to hold.
fn settle(found: &mut BTreeMap<&'static str, BTreeSet<Clause>>) {
    if let Some(delivery) = found.get("purpose.delivery").cloned() {
        found.entry("recipient.carrier").or_default().extend(delivery);
    } else if let Some(carrier) = found.get("recipient.carrier").cloned() {
        found.entry("purpose.delivery").or_default().extend(carrier);
    }
    if let Some(general) = found.remove(RECIPIENTS) {
        let named: Vec<&str> = found.keys().copied().filter(|b| b.starts_with("recipient.")).collect();
        for block in if named.is_empty() { vec!["recipient.partner"] } else { named } {
            found.entry(block).or_default().extend(general.iter().cloned());
        }
    }
    let holding = found.iter().find(|(b, _)| b.starts_with("purpose.") && **b != "purpose.promo");
    if let Some(first) = holding.map(|(_, clauses)| clauses.clone()) {
        found.entry(ATTRIBUTE).or_insert(first);
    }
}
