//! What do somebody's words demand, where no mark stands?
//!
//! A sentence is looked through for every phrase of the vocabulary. What counts is decided here: whether the deed is denied,
//! whether the sentence only asks about it, and whether a word of asking goes with it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::marks::Marks;
use super::reason::{Place, Reason};
use super::text::{Latin, Sentence, sentences};
use super::vocabulary::{Form, Found, Meaning, Phrase, Seen, VOCABULARY};
use super::{Language, LetterKind};

/// Sentences that are looked at. A letter that has not come to the point by then is read by staff.
const MOST_SENTENCES: usize = 400;
/// Words of a text in which slips of the pen are looked through. In a long one, chance would find something.
const MOST_WORDS_WITH_SLIPS: usize = 600;
/// Words of a sentence of the body in which a mark is looked for.
const LONGEST_MARKED: usize = 40;
/// Words of a line that says little: «см. ниже», "please handle".
const LITTLE: usize = 6;

/// The classes whose words decide about a demand.
struct Signals {
    asking: Vec<usize>,
    negations: Vec<usize>,
    denied_after: Vec<usize>,
    fillers: Vec<usize>,
    questions: Vec<usize>,
    no_questions: Vec<usize>,
    polite: Vec<usize>,
    reported: Vec<usize>,
    conditions: Vec<usize>,
    mild: Vec<usize>,
}

static SIGNALS: LazyLock<Signals> = LazyLock::new(|| Signals {
    asking: VOCABULARY.named("ask"),
    negations: VOCABULARY.named("not"),
    denied_after: VOCABULARY.named("not-after"),
    fillers: VOCABULARY.named("filler"),
    questions: VOCABULARY.named("question"),
    no_questions: VOCABULARY.named("no-question"),
    polite: VOCABULARY.named("polite"),
    reported: VOCABULARY.named("reported"),
    conditions: VOCABULARY.named("if"),
    mild: VOCABULARY.named("mild-if"),
});

/// The demands of a text. If none is found as the words stand, slips of the pen and Latin letters are looked through.
pub fn in_text(text: &str, place: Place) -> Vec<Reason> {
    each_reading(text, |sentences, slips| {
        let seen: Vec<Seen> =
            sentences.iter().take(MOST_SENTENCES).map(|sentence| VOCABULARY.see(sentence, slips)).collect();
        let whole: BTreeSet<usize> = seen.iter().flat_map(Seen::classes).collect();
        let found = sentences
            .iter()
            .zip(seen)
            .flat_map(|(sentence, seen)| in_sentence(sentence, seen, &whole, false));
        reasons(found.collect(), place)
    })
}

/// The demands of a subject, where a noun alone is a demand.
pub fn in_subject(subject: &str) -> Vec<Reason> {
    each_reading(subject, |sentences, slips| {
        let found = sentences.iter().flat_map(|sentence| {
            let seen = VOCABULARY.see(sentence, slips);
            let whole = seen.classes().collect();
            in_sentence(sentence, seen, &whole, true)
        });
        reasons(found.collect(), Place::Subject)
    })
}

fn each_reading(text: &str, find: impl Fn(&[Sentence], bool) -> Vec<Reason>) -> Vec<Reason> {
    let as_it_stands = sentences(text, Latin::Kept);
    let words: usize = as_it_stands.iter().map(|sentence| sentence.tokens.len()).sum();
    for slips in [false, true] {
        if slips && words > MOST_WORDS_WITH_SLIPS {
            continue;
        }
        let found = find(&as_it_stands, slips);
        if !found.is_empty() {
            return found;
        }
    }
    if !is_mostly_latin(text) {
        return Vec::new();
    }
    let spelled = [Latin::Russian, Latin::Kazakh].map(|latin| find(&sentences(text, latin), false));
    spelled.into_iter().max_by_key(Vec::len).unwrap_or_default()
}

fn is_mostly_latin(text: &str) -> bool {
    let letters = text.chars().filter(|ch| ch.is_alphabetic());
    let (latin, all) =
        letters.fold((0, 0), |(latin, all), ch| (latin + usize::from(ch < '\u{370}'), all + 1));
    latin * 10 > all * 8
}

/// A demand that was found in a sentence.
struct Demand {
    kind: LetterKind,
    phrase: &'static Phrase,
    /// The places of the deed in the sentence.
    deed: Vec<usize>,
    /// Whether it only tells what was asked for earlier.
    is_reported: bool,
}

fn reasons(mut found: Vec<Demand>, place: Place) -> Vec<Reason> {
    settle(&mut found);
    let mut seen = BTreeSet::new();
    found
        .into_iter()
        .filter(|demand| seen.insert(demand.kind))
        .map(|Demand { kind, phrase, .. }| Reason::Demand {
            kind,
            phrase: phrase.written,
            example: &phrase.example,
            language: phrase.language,
            place,
        })
        .collect()
}

/// A letter often tells a thing twice, once in words that by themselves would be of another kind.
fn settle(found: &mut Vec<Demand>) {
    let has = |kind: LetterKind| found.iter().any(|demand| demand.kind == kind);
    let (blocks, complains) = (has(LetterKind::Blocking), has(LetterKind::Complaint));
    found.retain(|demand| match demand.kind {
        // Whoever says that the data are not his wants them looked at; putting them right follows from that.
        LetterKind::Rectification if blocks => matches!(demand.phrase.meaning, Meaning::Asks(_, Form::Order)),
        // «Просил удалить, до сих пор нет ответа»: what was asked for earlier is asked for in the earlier letter.
        kind => kind == LetterKind::Complaint || !(complains && demand.is_reported),
    });
}

/// What one sentence demands.
fn in_sentence(
    sentence: &Sentence,
    mut seen: Seen,
    whole: &BTreeSet<usize>,
    is_subject: bool,
) -> Vec<Demand> {
    let covered: Vec<usize> = VOCABULARY
        .likely(&seen)
        .filter(|phrase| phrase.meaning == Meaning::Nothing)
        .flat_map(|phrase| phrase.find(&seen))
        .flat_map(|found| found.all)
        .collect();
    seen.forget(&covered);
    let mut demands: Vec<Demand> = Vec::new();
    let context = Context { sentence, seen: &seen, is_subject };
    for phrase in VOCABULARY.likely(&seen) {
        let Meaning::Asks(kind, form) = phrase.meaning else { continue };
        if demands.iter().any(|demand| demand.kind == kind)
            || phrase.elsewhere.is_some_and(|class| !whole.contains(&class))
        {
            continue;
        }
        if let Some(found) = phrase.find(&seen).into_iter().find(|found| context.counts(form, found)) {
            let is_reported = context.is_reported(&found.deed);
            demands.push(Demand { kind, phrase, deed: found.deed, is_reported });
        }
    }
    one_deed_one_kind(&mut demands);
    demands
}

/// «Удалите мой номер из рассылки» is about the newsletter, «аннулируйте согласие» about the consent, «временно прекратите» about
/// a time: one deed is not two demands.
fn one_deed_one_kind(demands: &mut Vec<Demand>) {
    let weaker = [
        (LetterKind::Destruction, LetterKind::MarketingStop),
        (LetterKind::Destruction, LetterKind::Withdrawal),
        (LetterKind::Withdrawal, LetterKind::Blocking),
    ];
    for (weak, strong) in weaker {
        let taken: BTreeSet<usize> = demands
            .iter()
            .filter(|demand| demand.kind == strong)
            .flat_map(|demand| demand.deed.clone())
            .collect();
        demands.retain(|demand| demand.kind != weak || demand.deed.iter().all(|at| !taken.contains(at)));
    }
}

struct Context<'a> {
    sentence: &'a Sentence,
    seen: &'a Seen,
    is_subject: bool,
}

impl Context<'_> {
    fn counts(&self, form: Form, found: &Found) -> bool {
        if found.deed.iter().any(|at| self.is_denied(*at, &found.all)) {
            return false;
        }
        let Some(first) = found.deed.first().copied() else { return false };
        match form {
            Form::Told => true,
            Form::Order => !self.is_asked_about(first, true) && !self.is_condition(first),
            Form::Wish => {
                !self.is_asked_about(first, false)
                    && !self.is_condition(first)
                    && (self.is_subject || first == 0 || self.is_asked_for(first))
            }
        }
    }

    fn is(&self, at: usize, classes: &[usize]) -> bool {
        classes.iter().any(|class| self.seen.is(at, *class))
    }

    fn begins_clause(&self, at: usize) -> bool {
        self.sentence.tokens.get(at).is_none_or(|token| token.begins_clause)
    }

    /// Whether a negation belongs to a word: right before it, or with nothing but words like «надо» or "want to" between.
    fn is_denied(&self, at: usize, matched: &[usize]) -> bool {
        let signals = &*SIGNALS;
        let mut here = at;
        for _ in 0..6 {
            // A comma ends the reach of a negation, but not «не прошу, чтобы…».
            if here == 0 || (self.begins_clause(here) && !self.is(here, &signals.fillers)) {
                break;
            }
            here -= 1;
            if self.is(here, &signals.negations) {
                return !matched.contains(&here);
            }
            if !self.is(here, &signals.fillers) && !matched.contains(&here) {
                break;
            }
        }
        (1..=3).any(|step| {
            let (word, next) = (at + step, at + step + 1);
            let clause_goes_on = (at + 1..=word).all(|place| !self.begins_clause(place));
            clause_goes_on
                && !matched.contains(&word)
                && (self.is(word, &signals.denied_after)
                    || self.is(word, &signals.negations)
                        && self.is(next, &signals.fillers)
                        && !self.begins_clause(next))
        })
    }

    /// Whether the sentence asks how, when or whether it is done, rather than for it to be done.
    fn is_asked_about(&self, deed: usize, is_order: bool) -> bool {
        let signals = &*SIGNALS;
        let mut here = deed;
        loop {
            if self.is(here, &signals.questions) && !self.is_set_phrase(here) {
                return true;
            }
            if here == 0 || self.begins_clause(here) || deed - here > 8 {
                break;
            }
            here -= 1;
        }
        if !self.sentence.asks {
            return false;
        }
        let length = self.sentence.tokens.len();
        let is_polite = (0..length).any(|at| self.is(at, &signals.polite));
        let opens = (0..length).take(3).any(|at| self.is(at, &signals.questions) && !self.is_set_phrase(at));
        opens || !(is_polite || is_order)
    }

    /// «так как», «как можно скорее» ask nothing.
    fn is_set_phrase(&self, at: usize) -> bool {
        self.is(at + 1, &SIGNALS.no_questions) || (at > 0 && self.is(at - 1, &SIGNALS.no_questions))
    }

    /// Whether it is told as something that was asked for earlier.
    fn is_reported(&self, deed: &[usize]) -> bool {
        let first = deed.first().copied().unwrap_or_default();
        (first.saturating_sub(8)..first).any(|at| self.is(at, &SIGNALS.reported))
    }

    fn is_condition(&self, deed: usize) -> bool {
        let mut here = deed;
        while here > 0 && !self.begins_clause(here) {
            here -= 1;
            if self.is(here, &SIGNALS.conditions) && !self.is(here + 1, &SIGNALS.mild) {
                return true;
            }
        }
        false
    }

    /// Whether somebody asks for it: a word of asking that is not itself denied.
    fn is_asked_for(&self, deed: usize) -> bool {
        (0..self.sentence.tokens.len())
            .any(|at| self.is(at, &SIGNALS.asking) && at.abs_diff(deed) <= 14 && !self.is_denied(at, &[]))
    }
}

/// Marks that stand in the body: as a line or sentence of their own, or within one that does not ask about them or deny them.
pub fn marks_in_text(text: &str, marks: &Marks, place: Place) -> Vec<Reason> {
    let mut found: Vec<Reason> = Vec::new();
    let pieces =
        text.lines().take(MOST_SENTENCES).flat_map(|line| line.split_inclusive(['.', '!', '?', ';']));
    for piece in pieces.take(2 * MOST_SENTENCES) {
        if !(1..=LONGEST_MARKED).contains(&piece.split_whitespace().count()) {
            continue;
        }
        let carried = marks.in_line(piece);
        if carried.is_empty() || is_question_about(piece) || is_denied(piece) {
            continue;
        }
        for (kind, mark) in carried {
            let kind = LetterKind::of_request(kind);
            if found.iter().all(|known| known.kind() != Some(kind)) {
                found.push(Reason::Mark { kind, mark: mark.to_owned(), place });
            }
        }
    }
    found
}

/// Whether a line asks about something rather than for it.
pub fn is_question_about(line: &str) -> bool {
    sentences(line, Latin::Kept).iter().any(|sentence| {
        let seen = VOCABULARY.see(sentence, false);
        let is = |at: usize, classes: &[usize]| classes.iter().any(|class| seen.is(at, *class));
        (0..sentence.tokens.len()).any(|at| {
            is(at, &SIGNALS.questions)
                && !is(at + 1, &SIGNALS.no_questions)
                && !(at > 0 && is(at - 1, &SIGNALS.no_questions))
        })
    })
}

fn is_denied(line: &str) -> bool {
    sentences(line, Latin::Kept).iter().any(|sentence| {
        let seen = VOCABULARY.see(sentence, false);
        (0..sentence.tokens.len()).any(|at| SIGNALS.negations.iter().any(|class| seen.is(at, *class)))
    })
}

/// Whether a text says more than that something is passed on.
pub fn says_much(text: &str) -> bool {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count() > LITTLE
}

/// Words by which the languages are told apart, found in a folded text: how many of each table.
pub fn frequent_words(sentences: &[Sentence]) -> [(Language, usize); 3] {
    [Language::Ru, Language::Kk, Language::En].map(|language| {
        let classes = VOCABULARY.named_in(language, "frequent");
        let count = sentences
            .iter()
            .take(MOST_SENTENCES)
            .map(|sentence| {
                let seen = VOCABULARY.see(sentence, false);
                (0..sentence.tokens.len())
                    .filter(|at| classes.is_some_and(|class| seen.is(*at, class)))
                    .count()
            })
            .sum();
        (language, count)
    })
}
