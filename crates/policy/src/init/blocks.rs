//! What does the drafted `policy.toml` say, block by block?
//!
//! A comment begins with `# `, a line of a block that waits for the operator with `#` and no space after it. A value in
//! angle brackets is a placeholder: the check reports it with what is to be written.

use std::collections::BTreeSet;

use jiff::civil::Date;
use saqta_domain::terms::names::{Clause, Language};

use super::facts::{Facts, quoted};
use super::signs::{ATTRIBUTE, MAILBOX, OPERATOR, Sorted};
use crate::law::LawPack;
use crate::texts::Document;

/// How much of a clause is quoted, in characters.
const QUOTED: usize = 80;

const HEAD: &str = "\
# The executable policy, drafted from the published text. Every block names the clauses that it makes true; what is not
# written here is refused. Under `# 6.4 «first words»` stands the block that would make the clause true: take away the
# `#` at the beginning of its lines, write what stands in <angle brackets>, correct what does not fit, delete what you do
# not do. `saqta policy check` names what is still missing.
# Durations: ISO 8601 (\"P3Y\"), working days \"3wd\", calendar days \"10d\".
";

/// The attributes that drafted purposes use: name, kind, further keys, and the label in Kazakh, Russian and English.
const ATTRIBUTES: [(&str, &str, &str, [&str; 3]); 9] = [
    ("full_name", "name", "", ["Тегі, аты, әкесінің аты", "Фамилия, имя, отчество", "Full name"]),
    ("phone", "phone", "find = true", ["Телефон", "Телефон", "Phone"]),
    ("email", "email", "find = true", ["Электрондық пошта", "Электронная почта", "E-mail"]),
    ("iin", "iin", "sensitivity = \"restricted\"", ["ЖСН", "ИИН", "IIN"]),
    ("company_bin", "bin", "", ["Компанияның БСН-і", "БИН компании", "Company BIN"]),
    (
        "delivery_address",
        "address",
        "about = \"recipient\"",
        ["Жеткізу мекенжайы", "Адрес доставки", "Delivery address"],
    ),
    (
        "recipient_name",
        "name",
        "about = \"recipient\"",
        ["Алушының аты-жөні", "Имя получателя", "Recipient's name"],
    ),
    (
        "visitor_id",
        "text",
        "find = true",
        ["Cookie файлындағы келуші нөмірі", "Номер посетителя в cookie", "Visitor number in the cookie"],
    ),
    ("display_name", "name", "", ["Пікірге қойылатын есім", "Имя под отзывом", "Name under a review"]),
];

const OPERATIONS: &str = "\"collection\", \"recording\", \"storage\", \"rectification\", \"retrieval\", \"use\", \"blocking\", \"erasure\", \"destruction\"";
const WHY: &str = "<say why so long, such as the article of a law>";

/// What a drafted purpose says; its term and basis are proposals.
struct PurposeDraft {
    name: &'static str,
    title: [&'static str; 3],
    basis: &'static str,
    needs: &'static [&'static str],
    space: &'static str,
    /// Further keys, one a line.
    lines: &'static [&'static str],
}

const PURPOSES: [PurposeDraft; 9] = [
    PurposeDraft {
        name: "order",
        title: ["Тапсырыс", "Заказ", "Order"],
        basis: "\"contract\"",
        needs: &["full_name", "phone", "email"],
        space: "trade",
        lines: &[
            "starts = \"order.created\"",
            "ends = \"order.closed\"",
            "keep = { for = \"P3Y\", because = \"WHY\" }",
        ],
    },
    PurposeDraft {
        name: "delivery",
        title: ["Жеткізу", "Доставка", "Delivery"],
        basis: "\"contract\"",
        needs: &["delivery_address", "recipient_name"],
        space: "trade",
        lines: &[
            "to = [\"carrier\"]",
            "starts = \"order.created\"",
            "ends = \"order.delivered\"",
            "keep = { for = \"P6M\", because = \"WHY\" }",
        ],
    },
    PurposeDraft {
        name: "invoice",
        title: ["Шот және салық есебі", "Счёт и налоговый учёт", "Invoice and tax records"],
        basis: "{ law = \"<name the law, with its number and date>\", article = \"<name the article>\" }",
        needs: &["full_name", "iin"],
        space: "trade",
        lines: &[
            "starts = \"order.paid\"",
            "ends = \"invoice.issued\"",
            "keep = { for = \"P5Y\", because = \"WHY\" }",
        ],
    },
    PurposeDraft {
        name: "court_orders",
        title: ["Сот актілерін орындау", "Исполнение судебных актов", "Executing court acts"],
        basis: "\"justice\"",
        needs: &["full_name"],
        space: "trade",
        lines: &[
            "starts = \"court_act.received\"",
            "ends = \"court_act.executed\"",
            "keep = { for = \"P3Y\", because = \"WHY\" }",
        ],
    },
    PurposeDraft {
        name: "marketing",
        title: ["Жарнама", "Реклама", "Advertising"],
        basis: "\"consent\"",
        needs: &["email"],
        space: "marketing",
        lines: &["channels = [\"email\"]", "starts = \"consent.given\"", "ends = \"consent.ended\""],
    },
    PurposeDraft {
        name: "site_visit",
        title: ["Сайтқа кіру", "Посещение сайта", "Visiting the site"],
        basis: "\"legitimate_interest\"",
        needs: &["visitor_id"],
        space: "visits",
        lines: &[
            "balancing = \"<weigh it: what the interest is, what harm there may be to people, and why the interest prevails>\"",
            "starts = \"visit.started\"",
            "ends = \"visit.ended\"",
            "keep = { for = \"P30D\", because = \"WHY\" }",
        ],
    },
    PurposeDraft {
        name: "reviews",
        title: ["Пікірлер", "Отзывы", "Reviews"],
        basis: "\"made_public\"",
        needs: &["display_name"],
        space: "public",
        lines: &["starts = \"review.published\"", "ends = \"review.removed\""],
    },
    PurposeDraft {
        name: "partner_register",
        title: ["Серіктестер тізілімі", "Реестр партнёров", "Register of partners"],
        basis: "{ publication = \"<name the law that requires publication>\", article = \"<name the article>\" }",
        needs: &["company_bin", "full_name"],
        space: "public",
        lines: &["starts = \"partner.joined\"", "ends = \"partner.left\""],
    },
    PurposeDraft {
        name: "promo",
        title: ["Промокодтар", "Промокоды", "Promo codes"],
        basis: "\"none\"",
        needs: &[],
        space: "promo",
        lines: &[],
    },
];

/// What people may ask, and the time the law of Kazakhstan leaves for it.
const REQUESTS: [(&str, &str); 12] = [
    ("access", "3wd"),
    ("rectification", "1wd"),
    ("restriction", "1wd"),
    ("unrestriction", "1wd"),
    ("destruction", "1wd"),
    ("withdrawal", "15wd"),
    ("stop", "15wd"),
    ("objection", "3wd"),
    ("dissemination", "1wd"),
    ("complaint", "3wd"),
    ("explanation", "3wd"),
    ("authority", "10d"),
];

/// The file as it is being written.
struct Draft<'a> {
    document: &'a Document,
    language: Language,
    law: &'a LawPack,
    out: String,
}

/// The whole file.
pub(super) fn written(
    document: &Document,
    facts: &Facts,
    sorted: &Sorted,
    language: Language,
    law: &LawPack,
    effective_from: Date,
) -> String {
    let mut draft = Draft { document, language, law, out: String::from(HEAD) };
    draft.top(facts, sorted, effective_from);
    for (block, clauses) in sorted.blocks.iter().filter(|(block, _)| block != OPERATOR) {
        draft.out.push('\n');
        draft.cite(clauses);
        if block == ATTRIBUTE {
            draft.attributes(sorted, clauses);
        } else if block == MAILBOX {
            draft.mailbox(facts, clauses);
        } else if let Some(name) = block.strip_prefix("purpose.") {
            draft.purpose(name, clauses);
        } else if let Some(name) = block.strip_prefix("recipient.") {
            draft.recipient(name, sorted, clauses);
        } else if let Some(kind) = block.strip_prefix("request.") {
            draft.request(kind, clauses);
        }
    }
    if !sorted.open.is_empty() {
        draft.out.push_str("\n# No block was found for these: cite each in the block that makes it true, or under [explains].\n");
        draft.cite(&sorted.open);
    }
    draft.out.push_str(
        "\n# Clauses that promise nothing: definitions and aims. Each can be read aloud and left at that.\n",
    );
    draft.cite(&sorted.explains);
    draft.out.push_str(&format!("\n[explains]\nclauses = {}\n", list(&sorted.explains)));
    draft.out
}

impl Draft<'_> {
    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// A line that waits for the operator.
    fn waits(&mut self, text: &str) {
        self.out.push('#');
        self.line(text);
    }

    /// The clauses that the block below would make true, by their first words.
    fn cite(&mut self, clauses: &[Clause]) {
        for number in clauses {
            let begins = self.document.clause(number).map(|c| c.begins(QUOTED)).unwrap_or_default();
            self.line(format!("# {number} «{begins}»").trim_end());
        }
    }

    fn top(&mut self, facts: &Facts, sorted: &Sorted, effective_from: Date) {
        let tag = self.language.tag();
        self.line(&format!("\nformat = 1\nversion = 1\neffective_from = {effective_from}"));
        self.line(&format!("jurisdictions = [{}]\nstrict = false", string(&self.law.name)));
        self.line(&format!("\n[texts]\n{tag} = \"text.{tag}.md\"\n"));
        let clauses: Vec<Clause> =
            sorted.blocks.iter().find(|(b, _)| b == OPERATOR).map(|(_, c)| c.clone()).unwrap_or_default();
        self.cite(&clauses);
        self.line("[operator]");
        let key = |key: &str, value: &Option<String>, todo: &str| {
            format!("{key} = {}", string(value.as_deref().unwrap_or(todo)))
        };
        self.line(&key("name", &facts.name, "<write the legal name as registered, such as ТОО «Пример»>"));
        self.line(&key(
            "bin",
            &facts.bin,
            "<write the twelve digits of the BIN, or the IIN of a sole proprietor>",
        ));
        self.line(&key("address", &facts.address, "<write the legal address with postal code and city>"));
        if let Some(site) = &facts.site {
            self.line(&format!("site = [{}]", string(site)));
        }
        if strange(facts) {
            self.line("# This address lies at another host than the site: make sure that it is yours and that letters reach you.");
        }
        self.line(&key("email", &facts.email, "<write the address that people send their requests to>"));
        let country =
            self.law.storage.as_deref().unwrap_or("<write the country of the databases, such as DE>");
        self.line(&format!("storage = {}", string(country)));
        self.line(&format!("clauses = {}", list(&clauses)));
    }

    fn attributes(&mut self, sorted: &Sorted, clauses: &[Clause]) {
        let purposes = || {
            PURPOSES
                .iter()
                .filter(|p| sorted.blocks.iter().any(|(b, _)| b.strip_prefix("purpose.") == Some(p.name)))
        };
        let mut between = false;
        let used: BTreeSet<&str> = purposes().flat_map(|p| p.needs.iter().copied()).collect();
        for (name, kind, more, label) in ATTRIBUTES.iter().filter(|(name, ..)| used.contains(name)) {
            if std::mem::take(&mut between) {
                self.line("");
            }
            between = true;
            self.waits(&format!("[attribute.{name}]"));
            self.waits(&format!("kind = \"{kind}\""));
            self.waits(&format!("label = {}", string(self.of(label))));
            if !more.is_empty() {
                self.waits(more);
            }
            self.waits(&format!("clauses = {}", list(clauses)));
        }
    }

    /// The words in the language of the text.
    fn of<'w>(&self, words: &[&'w str; 3]) -> &'w str {
        let [kk, ru, en] = words;
        match self.language {
            Language::Kazakh => kk,
            Language::Russian => ru,
            Language::English => en,
        }
    }

    fn purpose(&mut self, name: &str, clauses: &[Clause]) {
        let Some(purpose) = PURPOSES.iter().find(|p| p.name == name) else { return };
        let needs: Vec<String> = purpose.needs.iter().map(|n| format!("\"{n}\"")).collect();
        let operations = match name {
            _ if purpose.needs.is_empty() => String::new(),
            "delivery" => OPERATIONS.replace("\"use\",", "\"use\", \"provision\","),
            _ => OPERATIONS.to_owned(),
        };
        self.waits(&format!("[purpose.{name}]"));
        self.waits(&format!("title = {}", string(self.of(&purpose.title))));
        self.waits(&format!("basis = {}", purpose.basis));
        self.waits(&format!("needs = [{}]", needs.join(", ")));
        self.waits(&format!("space = \"{}\"", purpose.space));
        self.waits(&format!("operations = [{}]", operations));
        for line in purpose.lines {
            self.waits(&line.replace("WHY", WHY));
        }
        self.waits("then = \"destroy\"");
        self.waits(&format!("clauses = {}", list(clauses)));
        if purpose.basis == "\"consent\"" {
            self.waits(&format!("[purpose.{name}.consent]"));
            self.waits("term = \"P2Y\"\n#per = \"channel\"");
            self.waits("text = \"<write the exact wording that people agree to: your legal name and BIN, which data, what for, for how long, to whom, and how to take it back>\"");
        }
    }

    fn recipient(&mut self, name: &str, sorted: &Sorted, clauses: &[Clause]) {
        self.waits(&format!("[recipient.{name}]"));
        self.waits("title = \"<write the recipient's legal name>\"");
        let home = self.law.storage.as_deref().filter(|_| name != "abroad");
        let country = home.unwrap_or("<write two capital letters, such as DE>");
        self.waits(&format!("country = {}", string(country)));
        let delivers = name == "carrier" && sorted.blocks.iter().any(|(b, _)| b == "purpose.delivery");
        self.waits(match delivers {
            true => "gets = { delivery = [\"delivery_address\", \"recipient_name\"] }",
            false => "gets = {}",
        });
        if name == "abroad" {
            self.line("# Write both dates once they are there: the information of the other side first, the notice to the authority after it.");
            self.waits("cross_border = { consent = true }");
        }
        self.waits(&format!("clauses = {}", list(clauses)));
    }

    fn request(&mut self, kind: &str, clauses: &[Clause]) {
        let Some((_, legal)) = REQUESTS.iter().find(|(name, _)| *name == kind) else { return };
        let promised = (kind == "authority").then(|| clauses.iter().find_map(|c| self.days(c))).flatten();
        self.waits(&format!("[request.{kind}]"));
        self.waits(&format!("answer_within = \"{}\"", promised.as_deref().unwrap_or(legal)));
        if kind == "rectification" {
            self.waits("counts_from = \"documents\"");
        }
        self.waits(&format!("clauses = {}", list(clauses)));
    }

    /// `в течение 10 дней`: the days that a clause promises.
    fn days(&self, clause: &Clause) -> Option<String> {
        let text = self.document.clause(clause)?.markdown.to_lowercase();
        let starts = ["в течение ", "within "];
        starts.iter().flat_map(|start| text.split(start).skip(1)).find_map(|rest| {
            let mut words = rest.split_whitespace();
            let count: u16 = words.next()?.parse().ok()?;
            let next = words.next()?;
            let unit = match next {
                _ if next.starts_with("рабоч") || next.starts_with("working") => "wd",
                _ if next.starts_with("дн") || next.starts_with("календарн") || next.starts_with("day") => {
                    "d"
                }
                _ => return None,
            };
            Some(format!("{count}{unit}"))
        })
    }

    fn mailbox(&mut self, facts: &Facts, clauses: &[Clause]) {
        let Some(email) = &facts.email else { return };
        let mut marks: Vec<(&str, String)> = Vec::new();
        for clause in clauses.iter().filter_map(|number| self.document.clause(number)) {
            for mark in marks_of(&clause.markdown) {
                if !marks.iter().any(|(_, known)| *known == mark) {
                    marks.push((kind_of(&mark), mark));
                }
            }
        }
        self.waits(&format!("[mailbox.{}]", string(email)));
        let kinds: BTreeSet<&str> = marks.iter().map(|(kind, _)| *kind).collect();
        for kind in kinds {
            let texts: Vec<String> =
                marks.iter().filter(|(k, _)| *k == kind).map(|(_, t)| string(t)).collect();
            self.waits(&format!("mark.{kind} = [{}]", texts.join(", ")));
        }
        self.waits(&format!("clauses = {}", list(clauses)));
    }
}

/// The texts in quotes after the word for a mark.
fn marks_of(markdown: &str) -> Vec<String> {
    let mut marks = Vec::new();
    for word in ["пометк", "с темой", "тақырыб", "белгі", "marked", "subject line"] {
        for rest in markdown.split(word).skip(1) {
            let near: String = rest.chars().take(30).collect();
            let Some(at) = near.find(['"', '«', '“', '„']) else { continue };
            let Some(quoted) = rest.get(at..).and_then(quoted) else { continue };
            marks.push(quoted.trim_matches(['"', '«', '»', '“', '”', '„']).to_owned());
        }
    }
    marks
}

/// What somebody asks for who writes this mark.
fn kind_of(mark: &str) -> &'static str {
    let mark = mark.to_lowercase();
    let has = |stems: &[&str]| stems.iter().any(|stem| mark.contains(stem));
    match () {
        () if has(&["отзыв", "кері қайтар", "withdraw"]) => "withdrawal",
        () if has(&[
            "актуализ",
            "уточнен",
            "исправлен",
            "өзекте",
            "нақтыла",
            "updat",
            "rectif",
            "correct",
        ]) =>
        {
            "rectification"
        }
        () if has(&["уничтож", "удален", "жою", "eras", "delet"]) => "destruction",
        () if has(&["блокир", "бұғат", "block", "restrict"]) => "restriction",
        () if has(&["прекращ", "тоқтат", "stop"]) => "stop",
        () if has(&["доступ", "қолжетім", "access"]) => "access",
        () => "explanation",
    }
}

/// Whether the address for letters lies outside the site.
fn strange(facts: &Facts) -> bool {
    let (Some(site), Some(email)) = (&facts.site, &facts.email) else { return false };
    let host = site.rsplit('/').next().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    email.rsplit('@').next().is_some_and(|domain| domain != host && !host.ends_with(&format!(".{domain}")))
}

/// A text as TOML writes it.
fn string(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn list(clauses: &[Clause]) -> String {
    let quoted: Vec<String> = clauses.iter().map(|c| format!("\"{c}\"")).collect();
    format!("[{}]", quoted.join(", "))
}
