//! Is a real-looking text turned into a folder that only waits for its operator?

use jiff::civil::date;

use super::*;
use crate::folder::Folder;
use crate::law::law;
use crate::load::load;
use crate::problem::render;

const TEXT: &str = r#"# ПОЛИТИКА

## 1. ОБЩИЕ ПОЛОЖЕНИЯ

Настоящая политика магазина [shop.example](https://shop.example).

1.1. Оператор ставит своей важнейшей целью соблюдение прав.

### 2. ОСНОВНЫЕ ПОНЯТИЯ

2.1. Блокирование — временное прекращение обработки.

## 3. ОБЯЗАННОСТИ

3.2. Оператор обязан:

- отвечать на обращения;
- сообщать в уполномоченный орган по запросу этого органа в течение 10 дней.

##### 4.1. Субъекты имеют право:

- получать информацию; требовать уточнения, блокирования или уничтожения;
- на отзыв согласия и предварительное согласие при продвижении товаров;

## 5. ПРИНЦИПЫ

5.5. Не допускается избыточность данных.

5.8. Промокоды выдаются без данных.

6.1. Обработка осуществляется с согласия субъекта.

6.2. Для функций, возложенных законодательством.

6.3. Для осуществления правосудия.

6.4. Для исполнения договора.

6.5. Для законных интересов оператора.

6.6. Общедоступные данные.

6.7. Данные, подлежащие обязательному раскрытию или опубликованию; подлежащих опубликованию.

7.2. Данные не передаются третьим лицам.

7.3. Пишите на <privacy@post.example> с пометкой "Актуализация персональных данных".

Отозвать согласие: privacy@post.example с пометкой «Отзыв согласия».

7.5. Платежные системы хранят своё.

7.8. Доставка идёт с помощью курьерских служб.

7.9. Храним не дольше, чем нужно.

9.1. До трансграничной передачи уведомляем.

11.9. Прочее.
"#;

fn begun(text: &str) -> Begun {
    begin("text.md", text.as_bytes(), None, &law("kz").unwrap(), date(2026, 3, 1)).unwrap()
}

/// The draft with every block taken.
fn uncommented(policy: &str) -> String {
    let lines = policy.lines().map(|line| match line.strip_prefix('#') {
        Some(block) if !block.starts_with(' ') => block,
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The draft with every placeholder replaced by something that fits.
fn filled(policy: &str) -> String {
    let mut out = String::new();
    let mut rest = policy;
    while let Some((before, after)) = rest.split_once("\"<") {
        let (todo, after) = after.split_once(">\"").unwrap();
        let value = match todo {
            _ if todo.contains("two capital letters") => "DE",
            _ if todo.contains("digits of the BIN") => "990140000017",
            _ if todo.contains("address that people") => "privacy@shop.example",
            _ => "Слова, БИН 990140000017",
        };
        out.push_str(&format!("{before}\"{value}\""));
        rest = after;
    }
    out + rest
}

#[track_caller]
fn load_draft(begun: &Begun, policy: String) -> Vec<String> {
    let mut files = begun.files.clone();
    files.insert(POLICY_FILE.to_owned(), policy);
    let folder = Folder::from_files(files);
    match load(&folder) {
        Ok(loaded) => loaded.warnings.iter().map(|p| p.code.to_owned()).collect(),
        Err(problems) => panic!("{}", render(&problems, &folder)),
    }
}

#[test]
fn the_draft_of_a_text() {
    let begun = begun(TEXT);
    insta::assert_snapshot!(begun.files[POLICY_FILE]);
}

#[test]
fn what_a_draft_lacks_is_named_with_what_to_write() {
    let begun = begun(TEXT);
    let folder = Folder::from_files(begun.files.clone());
    let problems = load(&folder).unwrap_err();
    let errors: Vec<_> =
        problems.iter().filter(|p| p.is_error()).map(|p| (p.code, p.hint.as_str())).collect();
    assert_eq!(errors.len(), 3, "{}", render(&problems, &folder));
    assert!(errors.iter().all(|(code, hint)| *code == "placeholder" && hint.starts_with("write the ")));
    assert_eq!(begun.missing, ["name", "bin", "address"]);
    assert_eq!(
        begun.found,
        [("site", "https://shop.example".to_owned()), ("email", "privacy@post.example".to_owned())]
    );
}

#[test]
fn a_draft_can_be_used_once_its_placeholders_are_filled() {
    let begun = begun(TEXT);
    let codes = load_draft(&begun, filled(&begun.files[POLICY_FILE]));
    assert!(codes.contains(&"no-purposes".to_owned()) && codes.contains(&"clause-unbacked".to_owned()));
}

#[test]
fn every_block_taken_makes_a_policy_without_errors() {
    let begun = begun(TEXT);
    let codes = load_draft(&begun, filled(&uncommented(&begun.files[POLICY_FILE])));
    // Only the clause that nothing was found for is still a promise without a control.
    assert_eq!(codes.iter().filter(|c| *c == "clause-unbacked").count(), begun.open.len(), "{codes:?}");
    assert_eq!(begun.open.iter().map(Clause::as_str).collect::<Vec<_>>(), ["11.9"]);
}

#[test]
fn the_text_keeps_its_words_and_every_clause_its_number() {
    let begun = begun(TEXT);
    let (before, after) = (Document::parse(TEXT), Document::parse(&begun.files["text.ru.md"]));
    let words = |d: &Document| -> Vec<_> {
        d.clauses.iter().map(|c| (c.number.clone(), c.heading.clone(), c.markdown.clone())).collect()
    };
    assert_eq!(words(&before), words(&after));
    assert_eq!((before.title, before.opening), (after.title, after.opening));
    // Drafting from the draft's text changes nothing any more.
    let again =
        begin("text.md", begun.files["text.ru.md"].as_bytes(), None, &law("kz").unwrap(), date(2026, 3, 1))
            .unwrap();
    assert_eq!(again.files, begun.files);
}

#[test]
fn a_text_that_cannot_be_read_is_told_with_its_place() {
    let codes = |bytes: &[u8]| -> Vec<String> {
        let problems = begin("my.md", bytes, None, &law("kz").unwrap(), date(2026, 3, 1)).unwrap_err();
        problems.iter().map(|p| format!("{} {}:{}", p.code, p.file, p.line)).collect()
    };
    assert_eq!(codes(b"# \xcf\xee\xeb"), ["not-utf8 my.md:1"]);
    assert_eq!(codes("# Политика\n\nБез номеров.\n".as_bytes()), ["text-without-clauses my.md:1"]);
    assert_eq!(codes(b""), ["text-without-clauses my.md:1"]);
    assert_eq!(codes("1.1. A\n\n1.2. B\n\n1.1. C\n".as_bytes()), ["clause-twice my.md:5"]);
}

#[test]
fn the_first_day_is_the_one_after_today() {
    let of =
        |day| begin("t", TEXT.as_bytes(), None, &law("kz").unwrap(), day).unwrap().files[POLICY_FILE].clone();
    assert!(of(date(2026, 2, 28)).contains("effective_from = 2026-03-01\n"));
    assert!(of(date(2026, 12, 31)).contains("effective_from = 2027-01-01\n"));
}

#[test]
fn quotes_in_a_text_do_not_break_the_draft() {
    let text = "# P\n\n1.1. Write to a@shop.example marked \"Say \\\"hi\" or else.\n\n1.2. Marketing with your consent \"\"\".\n";
    let begun = begun(text);
    let codes = load_draft(&begun, filled(&uncommented(&begun.files[POLICY_FILE])));
    assert!(codes.contains(&"language-unpublished".to_owned()), "{codes:?}");
    assert_eq!(begun.language, Language::English);
}
