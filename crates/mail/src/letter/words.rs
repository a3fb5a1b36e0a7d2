//! Which of the words are the writer's own, and which are quoted, forwarded or put below every letter?
//!
//! Only the writer's own words ask for something. What is cut off is kept apart, never thrown away: staff read the whole letter.

use zeroize::Zeroizing;

/// The words of a letter, taken apart.
pub struct Words {
    /// What the writer wrote for this letter.
    pub own: Zeroizing<String>,
    /// What stands there from older letters.
    pub quoted: Zeroizing<String>,
    /// What somebody else wrote and the writer passed on.
    pub forwarded: Zeroizing<String>,
    /// The closing formula with what follows it: name, place, telephone, warnings that every letter carries.
    pub signature: Zeroizing<String>,
}

/// Lines of a closing formula that may follow it. A longer rest is no signature.
const SIGNATURE_LINES: usize = 10;

/// Takes a text apart. `embedded` is the text of letters that lie in this one as wholes.
pub(super) fn take_apart(text: &str, embedded: &str, subject: &str) -> Words {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let passes_on = is_forward(subject);
    let mut sorted = Sorted::default();
    let mut at = 0;
    while let Some(line) = lines.get(at).copied() {
        let rest = lines.get(at..).unwrap_or_default();
        let bare = unquoted(line);
        if says_forwarded(bare) {
            sorted.pass_on(rest);
            break;
        }
        if says_original(bare) || is_header_of_older(rest) {
            if passes_on || sorted.own_is_empty() {
                sorted.pass_on(rest);
            } else {
                sorted.quote(rest);
            }
            break;
        }
        if let Some(length) = attribution(rest) {
            let after = rest.get(length..).unwrap_or_default();
            let marked = after.iter().find(|line| !line.is_empty()).is_some_and(|line| line.starts_with('>'));
            if !marked && !line.starts_with('>') {
                sorted.quote(rest);
                break;
            }
            sorted.quote(rest.get(..length).unwrap_or_default());
            at += length;
            continue;
        }
        if line.starts_with('>') {
            sorted.quote(&[line]);
        } else if line == "--" || line == "—" && at > 0 {
            sorted.in_signature = true;
        } else {
            sorted.write(line);
        }
        at += 1;
    }
    let mut words = sorted.into_words();
    if !embedded.trim().is_empty() {
        words.forwarded.push('\n');
        words.forwarded.push_str(embedded);
    }
    words
}

#[derive(Default)]
struct Sorted<'a> {
    own: Vec<&'a str>,
    quoted: Vec<&'a str>,
    forwarded: Vec<&'a str>,
    signature: Vec<&'a str>,
    in_signature: bool,
}

impl<'a> Sorted<'a> {
    fn own_is_empty(&self) -> bool {
        self.own.iter().all(|line| line.is_empty())
    }

    fn write(&mut self, line: &'a str) {
        if self.in_signature { self.signature.push(line) } else { self.own.push(line) }
    }

    fn quote(&mut self, lines: &[&'a str]) {
        self.quoted.extend(lines.iter().map(|line| unquoted(line)));
    }

    fn pass_on(&mut self, lines: &[&'a str]) {
        self.forwarded.extend(
            lines
                .iter()
                .skip(1)
                .map(|line| unquoted(line))
                .skip_while(|line| line.is_empty() || header_label(line).is_some() || says_original(line)),
        );
    }

    fn into_words(mut self) -> Words {
        self.cut_paragraphs();
        self.cut_closing();
        let text = |lines: &[&str]| Zeroizing::new(lines.join("\n").trim().to_owned());
        Words {
            own: text(&self.own),
            quoted: text(&self.quoted),
            forwarded: text(&self.forwarded),
            signature: text(&self.signature),
        }
    }

    /// Moves warnings and advertisements of mail programs out of the way.
    fn cut_paragraphs(&mut self) {
        let mut kept: Vec<&str> = Vec::with_capacity(self.own.len());
        for paragraph in self.own.split(|line| line.is_empty()) {
            let text = paragraph.join(" ").to_lowercase();
            if is_warning(&text) && !kept.iter().all(|line| line.is_empty()) {
                self.signature.extend(paragraph);
                continue;
            }
            let (advertised, written): (Vec<&str>, Vec<&str>) =
                paragraph.iter().partition(|line| is_sent_from(&line.to_lowercase()));
            self.signature.extend(advertised);
            kept.extend(written);
            kept.push("");
        }
        self.own = kept;
    }

    /// Moves the closing formula and what follows it into the signature, if little follows it.
    fn cut_closing(&mut self) {
        let written = self.own.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
        self.own.truncate(written);
        let earliest = written.saturating_sub(SIGNATURE_LINES).max(1);
        let closing = (earliest..written).find(|at| self.own.get(*at).is_some_and(|line| is_closing(line)));
        if let Some(at) = closing {
            let mut closing = self.own.split_off(at);
            closing.append(&mut self.signature);
            self.signature = closing;
        }
    }
}

fn unquoted(line: &str) -> &str {
    line.trim_start_matches(['>', ' ', '|']).trim()
}

/// Whether a subject says that a letter is passed on.
pub(crate) fn is_forward(subject: &str) -> bool {
    let subject = subject.to_lowercase();
    [
        "fw:",
        "fwd:",
        "пересл:",
        "пересылка:",
        "перес:",
        "переслано:",
        "қайта жіберу:",
        "қайта жіберілді:",
        "vs:",
        "wg:",
        "tr:",
    ]
    .iter()
    .any(|mark| subject.starts_with(mark) || subject.contains(&format!(" {mark}")))
}

/// `---------- Forwarded message ---------` and its relatives.
fn says_forwarded(line: &str) -> bool {
    let (bare, dashed) = undashed(line);
    let known = [
        "forwarded message",
        "begin forwarded message",
        "пересылаемое сообщение",
        "пересланное сообщение",
        "пересылаемое письмо",
        "пересланное письмо",
        "начало переадресованного сообщения",
        "начало пересылаемого сообщения",
        "переадресованное сообщение",
        "перенаправленное сообщение",
        "қайта жіберілген хабарлама",
        "қайта бағытталған хабарлама",
        "қайта жіберілген хат",
    ];
    known.iter().any(|mark| bare.starts_with(mark) && (dashed || bare.len() <= mark.len() + 2))
}

/// `-----Original Message-----` and its relatives.
fn says_original(line: &str) -> bool {
    let (bare, dashed) = undashed(line);
    let known = [
        "original message",
        "original appointment",
        "исходное сообщение",
        "исходное письмо",
        "оригинальное сообщение",
        "оригинал письма",
        "первоначальное сообщение",
        "предыдущее сообщение",
        "бастапқы хабарлама",
        "бастапқы хат",
        "түпнұсқа хабарлама",
        "reply message",
    ];
    dashed && known.iter().any(|mark| bare.starts_with(mark))
}

fn undashed(line: &str) -> (String, bool) {
    let bare = line.trim_matches(|ch: char| matches!(ch, '-' | '–' | '—' | '_' | '=' | '*' | ' ' | ':'));
    (bare.to_lowercase(), line.starts_with(['-', '–', '—', '_', '=', '*']))
}

/// Which line of a header a line is, in the three languages: `От:`, `Sent:`.
fn header_label(line: &str) -> Option<usize> {
    const LABELS: [&[&str]; 5] = [
        &["from", "от", "от кого", "кімнен"],
        &["sent", "date", "отправлено", "дата", "жіберілді", "жіберілген", "күні"],
        &["to", "кому", "кімге"],
        &["subject", "тема", "тақырыбы", "тақырып"],
        &["cc", "копия", "көшірме", "reply-to"],
    ];
    let (label, _) = line.trim_start_matches('*').split_once(':')?;
    let label = label.trim().trim_matches('*').to_lowercase();
    LABELS.iter().position(|labels| labels.contains(&label.as_str()))
}

/// A header copied above an older letter: a `From:` line, and two other ones right below.
fn is_header_of_older(rest: &[&str]) -> bool {
    let first = rest.first().map(|line| unquoted(line)).unwrap_or_default();
    if header_label(first) != Some(0) {
        return false;
    }
    let others: std::collections::BTreeSet<usize> = rest
        .iter()
        .skip(1)
        .take(6)
        .filter_map(|line| header_label(unquoted(line)))
        .filter(|label| *label > 0)
        .collect();
    others.len() >= 2
}

/// How many lines say that somebody wrote something earlier: `On … wrote:`, «… пишет:», «… жазды:».
fn attribution(rest: &[&str]) -> Option<usize> {
    let mut joined = String::new();
    for (count, line) in rest.iter().take(3).enumerate() {
        let line = unquoted(line);
        if line.is_empty() {
            return None;
        }
        joined.push(' ');
        joined.push_str(&line.to_lowercase());
        // What somebody wrote above is no part of it: only a line with a date that ends no sentence can go on below.
        let goes_on = !line.ends_with(['.', '!', '?', ';', ','])
            || line.ends_with(',') && line.chars().any(|ch| ch.is_ascii_digit());
        let opens = line.chars().filter(char::is_ascii_digit).count() >= 4 || line.starts_with("On ");
        if !line.ends_with(':') && !(goes_on && (opens || count > 0)) {
            return None;
        }
        if line.ends_with(':') {
            return is_attribution(joined.trim(), rest.get(count + 1..).unwrap_or_default())
                .then_some(count + 1);
        }
    }
    None
}

fn is_attribution(text: &str, after: &[&str]) -> bool {
    let said = text.trim_end_matches(':').trim_end();
    let verbs = [
        "wrote",
        "writes",
        "писал",
        "писала",
        "написал",
        "написала",
        "написал(а)",
        "написал(a)",
        "писал(а)",
        "пишет",
        "написали",
        "жазды",
        "деп жазды",
        "жазған",
    ];
    let has_date = said.chars().filter(char::is_ascii_digit).count() >= 4;
    // Some programs write no verb: «пн, 2 мар. 2026 г. в 10:00, Анна <anna@post.example>:».
    if has_date && said.contains('@') && said.ends_with(['>', ')', ']']) {
        return true;
    }
    let Some(before) = verbs.iter().find_map(|verb| said.strip_suffix(verb)) else { return false };
    let quoted_follows = after.iter().find(|line| !line.is_empty()).is_some_and(|line| line.starts_with('>'));
    (before.is_empty() || before.ends_with([' ', ',', '>']))
        && (has_date || before.contains('@') || quoted_follows)
}

fn is_closing(line: &str) -> bool {
    const FORMULAS: &[&str] = &[
        "с уважением",
        "c уважением",
        "с ув.",
        "с наилучшими",
        "с почтением",
        "заранее благодар",
        "заранее спасибо",
        "всего доброго",
        "всего хорошего",
        "с благодарностью",
        "искренне ваш",
        "құрметпен",
        "курметпен",
        "ізгі ниетпен",
        "сәлеммен",
        "алғыспен",
        "best regards",
        "kind regards",
        "warm regards",
        "regards",
        "sincerely",
        "yours sincerely",
        "yours faithfully",
        "yours truly",
        "best wishes",
        "many thanks",
        "thanks in advance",
        "cheers",
        "best,",
    ];
    let lowered = line.to_lowercase();
    FORMULAS.iter().any(|formula| lowered.starts_with(formula)) && line.chars().count() <= 80
}

/// A paragraph that stands below every letter of an organisation.
fn is_warning(text: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let secret = has(&["конфиденциальн", "confidential", "құпия", "privileged", "коммерческую тайну"]);
    let astray = has(&[
        "по ошибке",
        "не являетесь адресатом",
        "не являетесь получателем",
        "предназначен",
        "intended recipient",
        "in error",
        "intended solely",
        "intended only",
        "by mistake",
        "қате",
        "арналған",
    ]);
    let letter = has(&["сообщени", "письм", "e-mail", "email", "message", "хат", "хабарлама", "attachment"]);
    let printing = has(&["подумайте об экологии", "прежде чем распечат", "before printing this"]);
    (secret && astray && letter)
        || (astray
            && letter
            && has(&["удалите", "уничтож", "delete", "жойы", "өшір"])
            && has(&["отправител", "sender", "жіберуші", "уведом", "сообщите", "notify", "хабарла"]))
        || printing
}

fn is_sent_from(line: &str) -> bool {
    const BEGINNINGS: &[&str] = &[
        "отправлено с",
        "отправлено из",
        "отправлено через",
        "sent from",
        "sent with",
        "get outlook for",
        "скачать outlook",
        "без вирусов",
        "virus-free",
        "это письмо было проверено",
        "это сообщение проверено",
        "менің iphone",
        "iphone құрылғ",
        "mail.ru қосымша",
    ];
    line.chars().count() <= 90
        && (BEGINNINGS.iter().any(|beginning| line.starts_with(beginning))
            || line.ends_with("жіберілді") && (line.contains("iphone") || line.contains("android")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(subject: &str, text: &str) -> [String; 4] {
        let words = take_apart(text, "", subject);
        [&words.own, &words.quoted, &words.forwarded, &words.signature].map(|text| text.to_string())
    }

    #[test]
    fn quoted_history_is_kept_apart() {
        let text = "Спасибо.\n\nпн, 2 мар. 2026 г. в 10:00, Анна <a@b.example>:\n\n> Удалите\n> всё\nи ещё";
        let [own, quoted, ..] = check("Re: x", text);
        assert_eq!(own, "Спасибо.\n\n\nи ещё");
        assert!(quoted.ends_with("Удалите\nвсё"));
        for mark in [
            "-----Original Message-----",
            "-------- Исходное сообщение --------",
            "On Mon, 2 Mar 2026 at 10:00, Anna <a@b.example> wrote:",
            "02.03.2026 10:00, Анна пишет:",
            "Понедельник, 2 марта 2026, 10:00 +05:00 от Магазин <privacy@shop.example>:",
            "02.03.2026, 10:00, \"Магазин\" <privacy@shop.example>:",
            "2 марта 2026 г., в 10:00, Магазин\n<privacy@shop.example> написал(а):",
            "________________________________\nОт: Анна\nОтправлено: 2 марта\nТема: x\n",
            "2026 ж. 2 наурыз 10:00, Анна <a@b.example> жазды:",
            "От: Анна\nОтправлено: 2 марта\nКому: магазин\nТема: x\n",
        ] {
            let [own, quoted, ..] = check("Re: x", &format!("Хорошо\n\n{mark}\nудалите всё"));
            assert_eq!(own.trim_end_matches(['_', '\n']), "Хорошо", "{mark}");
            assert!(quoted.ends_with("удалите всё"), "{mark}");
        }
    }

    #[test]
    fn forwarded_words_are_kept_apart() {
        let text = "См. ниже\n\n---------- Forwarded message ---------\nFrom: a@b.example\nSubject: x\n\nУдалите мои данные";
        let [own, _, forwarded, _] = check("Fwd: x", text);
        assert_eq!((own.as_str(), forwarded.as_str()), ("См. ниже", "Удалите мои данные"));
    }

    #[test]
    fn signatures_and_warnings_ask_nothing() {
        let text = "Удалите мои данные.\n\nС уважением,\nАнна\n+7 700 000 00 11\n\nЭто письмо конфиденциально. \
                    Если вы получили его по ошибке, удалите его.\n\nОтправлено с iPhone";
        let [own, _, _, signature] = check("x", text);
        assert_eq!(own, "Удалите мои данные.");
        assert!(
            signature.contains("+7 700") && signature.contains("iPhone") && signature.contains("по ошибке")
        );
        let [own, _, _, signature] = check("x", "Текст\n-- \nООО Ромашка");
        assert_eq!((own.as_str(), signature.as_str()), ("Текст", "ООО Ромашка"));
    }
}
