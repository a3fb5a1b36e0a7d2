//! What does a finding of `policy check` mean, why does it matter, and how is it mended?
//!
//! Every code that a check can report has its line here; a test compares the list with the sources.

use crate::read::nearest;

/// The meaning of one code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FindingCode {
    /// The stable word.
    pub code: &'static str,
    /// What it says about the policy.
    pub means: &'static str,
    /// What would go wrong.
    pub why: &'static str,
    /// What to do.
    pub mend: &'static str,
    /// How it looks when it is right.
    pub example: &'static str,
}

/// The meaning of a code, if there is such a finding.
pub fn finding(code: &str) -> Option<&'static FindingCode> {
    FINDINGS.iter().find(|finding| finding.code == code)
}

/// The word that was probably meant, among the codes of findings and the words given.
pub fn suggestion(word: &str, others: &[&str]) -> String {
    let known: Vec<&str> =
        FINDINGS.iter().map(|finding| finding.code).chain(others.iter().copied()).collect();
    let hint = nearest(word, &known);
    if hint.starts_with("did you mean") {
        hint
    } else {
        "`saqta policy check DIR` prints the code above each finding".to_owned()
    }
}

/// All of them: files, names and values, law, purposes, recipients and requests, texts.
pub const FINDINGS: &[FindingCode] = &[
    FindingCode {
        code: "file-missing",
        means: "The folder has no policy.toml.",
        why: "Without it nothing is declared, and what is not declared is refused.",
        mend: "Name the folder that holds policy.toml and the published text in each language.",
        example: "saqta policy check shop/policy",
    },
    FindingCode {
        code: "not-utf8",
        means: "A file is not UTF-8 from the place that is named.",
        why: "Every letter of a policy counts: its digest stands in each decision.",
        mend: "Save the file as UTF-8; windows-1251 is not read.",
        example: "In the editor: Save with encoding, UTF-8.",
    },
    FindingCode {
        code: "toml-syntax",
        means: "A line of policy.toml is not TOML.",
        why: "What a broken line was meant to say cannot be known, so nothing is guessed from it.",
        mend: "Mend the line; texts stand in quotes, lists in brackets.",
        example: "title = \"Order\"",
    },
    FindingCode {
        code: "unknown-format",
        means: "The policy is written in a format this program does not know.",
        why: "A newer format may promise what an older program cannot keep.",
        mend: "Write format = 1, or use the newer program.",
        example: "format = 1",
    },
    FindingCode {
        code: "key-missing",
        means: "A block lacks a key it cannot do without.",
        why: "A guess in its place would be a promise nobody made.",
        mend: "Write the key; the hint beside the finding says how.",
        example: "basis = \"consent\"",
    },
    FindingCode {
        code: "unknown-key",
        means: "A key is not one of this format, or is misspelt.",
        why: "A misspelt key would silently do nothing.",
        mend: "Correct it, or delete it.",
        example: "needs = [\"email\"], not need = [\"email\"]",
    },
    FindingCode {
        code: "wrong-type",
        means: "A value is of another sort than the key wants.",
        why: "A text in the place of a list could be read in two ways.",
        mend: "Write the sort that is named: a text in quotes, a list in brackets, true or false, a date.",
        example: "needs = [\"email\"]",
    },
    FindingCode {
        code: "empty",
        means: "A text or a list is empty.",
        why: "An empty promise cannot be kept or checked.",
        mend: "Fill it, or leave the key out.",
        example: "title = \"Order\"",
    },
    FindingCode {
        code: "bad-value",
        means: "A value is not what its key can have.",
        why: "It would be refused later, when somebody waits for an answer.",
        mend: "Correct it as the finding says.",
        example: "country = \"KZ\"",
    },
    FindingCode {
        code: "bad-name",
        means: "A name is not made of small letters, digits and underscores.",
        why: "Names stand in decisions, addresses and programs, and must read the same in all of them.",
        mend: "Write small Latin letters, digits and underscores, beginning with a letter.",
        example: "[purpose.service_book]",
    },
    FindingCode {
        code: "bad-term",
        means: "What stands for a time is none.",
        why: "A deadline that cannot be counted cannot be kept.",
        mend: "Write a duration such as P3Y, or 3wd, 10d, 1m, 72h where a request is answered.",
        example: "answer_within = \"3wd\"",
    },
    FindingCode {
        code: "bad-clause",
        means: "What stands for a clause is no clause number.",
        why: "Every block names the clauses of the text that it makes true.",
        mend: "Write digits parted by dots.",
        example: "clauses = [\"5.2\"]",
    },
    FindingCode {
        code: "check-digit",
        means: "The check digit of a number does not fit.",
        why: "A consent that names the wrong operator is not valid.",
        mend: "Compare the number with the certificate: a digit is wrong or two are swapped.",
        example: "bin = \"990140000017\"",
    },
    FindingCode {
        code: "duplicate-name",
        means: "A name is written twice.",
        why: "Of two lines nobody could say which one holds.",
        mend: "Delete one of the two, or give one another name.",
        example: "[attribute.phone] and [attribute.second_phone]",
    },
    FindingCode {
        code: "language-missing",
        means: "A text is missing in one of its languages.",
        why: "People would be promised different things in different languages.",
        mend: "Say it in every language of the policy.",
        example: "title = { kk = \"Тапсырыс\", ru = \"Заказ\", en = \"Order\" }",
    },
    FindingCode {
        code: "unknown-word",
        means: "A word is not one of those that the key can have.",
        why: "The program acts on each of these words, and on no other.",
        mend: "Take one of the words that are listed.",
        example: "automated = \"mixed\"",
    },
    FindingCode {
        code: "unknown-kind",
        means: "There is no such kind of value.",
        why: "A kind says how values are checked and normalised (clause 5.6).",
        mend: "Take one of the kinds that are listed.",
        example: "kind = \"phone\"",
    },
    FindingCode {
        code: "unknown-basis",
        means: "There is no such ground.",
        why: "Data stand on one of the grounds of clause 6 or are not processed at all.",
        mend: "Take one of the grounds that are listed.",
        example: "basis = \"contract\"",
    },
    FindingCode {
        code: "unknown-operation",
        means: "There is no such operation.",
        why: "Clause 8.1 lists what can be done with data; nothing else is done.",
        mend: "Take one of the operations that are listed.",
        example: "operations = [\"collection\", \"retrieval\"]",
    },
    FindingCode {
        code: "unknown-law",
        means: "The program has no law pack of that name.",
        why: "Deadlines, grounds and days off come from the pack; without it no promise can be compared with the law.",
        mend: "Name a pack that `saqta law` lists.",
        example: "jurisdictions = [\"…\"], with a name from `saqta law`",
    },
    FindingCode {
        code: "basis-not-in-law",
        means: "The law in force does not know the ground of a purpose.",
        why: "The policy may promise it, but an authority will not accept it; under strict = true every request for the purpose is refused.",
        mend: "Stand the purpose on a ground the law knows, or take a consent beside it; `saqta law show` lists the grounds.",
        example: "basis = \"consent\"",
    },
    FindingCode {
        code: "storage-abroad",
        means: "The law wants the databases in another country than the operator names.",
        why: "Data that lie abroad are a cross-border transfer with rules of its own.",
        mend: "Keep a copy in the country the law names, and say so under [operator].",
        example: "storage = \"KZ\"",
    },
    FindingCode {
        code: "later-than-law",
        means: "The policy promises an answer later than the law allows, or counts its time from a later moment.",
        why: "The shorter term holds in any case, and a letter would go out too late.",
        mend: "Promise no more time than the law gives, counted from no later moment.",
        example: "answer_within = \"3wd\"",
    },
    FindingCode {
        code: "law-unverified",
        means: "The law pack should have been compared with its sources by now, and was not.",
        why: "What it says about deadlines and grounds may be out of date; nothing is refused because of it, but nobody answers for it either.",
        mend: "Install a version with a newer pack, and let a lawyer look until then; `saqta law show` names the day.",
        example: "saqta law show PACK",
    },
    FindingCode {
        code: "consent-without-operator",
        means: "A consent text does not name the operator's number, which the law asks for.",
        why: "A consent that does not say whom it is given to is not valid.",
        mend: "Write the operator's number into the text in every language.",
        example: "text = \"… Example LLP, BIN 990140000017 …\"",
    },
    FindingCode {
        code: "no-purposes",
        means: "The policy declares no purpose.",
        why: "What is not declared is refused, so such a policy refuses everything.",
        mend: "Declare at least one purpose.",
        example: "[purpose.order]",
    },
    FindingCode {
        code: "purpose-endless",
        means: "A purpose says neither what reaches it nor how long its data are kept.",
        why: "Data are kept no longer than their purpose needs them (clause 5.7); without an end they would stay for ever.",
        mend: "Name the event that ends it, or a term after which its data are destroyed, or both.",
        example: "ends = \"order.closed\"\nkeep = { for = \"P3Y\", because = \"limitation\", as = \"locked\" }",
    },
    FindingCode {
        code: "attributes-without-basis",
        means: "A purpose without a ground names data.",
        why: "Personal data stand on a ground (clause 5.1); a purpose without one processes none (clause 5.8).",
        mend: "Empty the list, or name a ground.",
        example: "needs = []",
    },
    FindingCode {
        code: "needs-and-may",
        means: "An attribute is both needed and optional.",
        why: "Whether a request without it is refused would be a matter of luck.",
        mend: "Leave it in needs or in may.",
        example: "needs = [\"phone\"], may = [\"email\"]",
    },
    FindingCode {
        code: "basis-incomplete",
        means: "A ground does not say what it must.",
        why: "A ground in law is an article, a legitimate interest is a balancing test; without them nobody can check it.",
        mend: "Name the law and the article, or write the balancing test.",
        example: "basis = { law = \"Tax Code\", article = \"art. 190\" }",
    },
    FindingCode {
        code: "balancing-unused",
        means: "A balancing test stands where nothing is balanced.",
        why: "Only a legitimate interest is weighed against the person's rights (clause 6.5).",
        mend: "Delete it, or write basis = \"legitimate_interest\".",
        example: "basis = \"legitimate_interest\"",
    },
    FindingCode {
        code: "consent-terms-missing",
        means: "A purpose stands on consent and does not say what people consent to.",
        why: "A consent is given to a text, for a term (clause 6.1); without both it proves nothing.",
        mend: "Add the block with the term and the text.",
        example: "[purpose.news.consent]\nterm = \"P2Y\"\ntext = { kk = \"…\", ru = \"…\", en = \"…\" }",
    },
    FindingCode {
        code: "consent-terms-unused",
        means: "A purpose asks for a consent it does not stand on.",
        why: "People would be asked for what changes nothing.",
        mend: "Write basis = \"consent\", or delete the block.",
        example: "basis = \"consent\"",
    },
    FindingCode {
        code: "channels-missing",
        means: "A consent is asked for each channel, and no channel is named.",
        why: "Nobody could consent to e-mail alone (clause 4.1).",
        mend: "Name the channels.",
        example: "channels = [\"email\", \"sms\"]",
    },
    FindingCode {
        code: "across-compartments",
        means: "Two purposes in different compartments are said to be compatible.",
        why: "Compartments never see each other's data (clause 5.3).",
        mend: "Put both into one compartment, or delete the line.",
        example: "space = \"trade\"",
    },
    FindingCode {
        code: "compatibility-cycle",
        means: "Purposes are compatible with each other in a circle.",
        why: "Then any of them could use what was collected for any other, and purposes would mean nothing.",
        mend: "Say only which purpose may use data that were collected for another one.",
        example: "compatible_with = [\"order\"]",
    },
    FindingCode {
        code: "link-to-itself",
        means: "A link joins a purpose with itself.",
        why: "Records of one purpose are one record already.",
        mend: "Name two different purposes, or delete the link.",
        example: "from = \"site_visit\", to = \"order\"",
    },
    FindingCode {
        code: "unknown-purpose",
        means: "A line names a purpose that is not declared.",
        why: "It would never take effect.",
        mend: "Correct the name, or declare the purpose.",
        example: "[purpose.order]",
    },
    FindingCode {
        code: "unknown-attribute",
        means: "A line names an attribute that is not declared.",
        why: "Only declared data can be held (clause 5.5).",
        mend: "Correct the name, or declare the attribute.",
        example: "[attribute.phone]",
    },
    FindingCode {
        code: "attribute-unused",
        means: "No purpose uses an attribute.",
        why: "What no purpose needs may not be collected (clauses 5.4, 5.5).",
        mend: "Delete it, or add it to the purpose that needs it.",
        example: "needs = [\"phone\"]",
    },
    FindingCode {
        code: "one-value-kept",
        means: "An attribute is said to be many, and one value of it is kept.",
        why: "A new value replaces the one before; a program that counts on several would lose them.",
        mend: "Delete many; only documents may be many.",
        example: "many = true, with kind = \"document\"",
    },
    FindingCode {
        code: "unknown-recipient",
        means: "A line names a recipient that is not declared.",
        why: "Data are handed to declared recipients alone.",
        mend: "Correct the name, or declare the recipient.",
        example: "[recipient.courier]",
    },
    FindingCode {
        code: "recipient-not-named",
        means: "A recipient gets data for a purpose that does not name it.",
        why: "People read in the purpose who gets their data.",
        mend: "Name the recipient in the purpose.",
        example: "to = [\"courier\"]",
    },
    FindingCode {
        code: "attribute-not-needed",
        means: "A recipient gets data that the purpose does not use.",
        why: "Nothing can be handed over that was never needed (clause 5.5).",
        mend: "Leave it out, or add it to the purpose.",
        example: "gets = { delivery = [\"recipient_name\"] }",
    },
    FindingCode {
        code: "unknown-request",
        means: "There is no such kind of request.",
        why: "The program counts the days for the kinds it knows, and for no other.",
        mend: "Take one of the kinds that are listed.",
        example: "[request.access]",
    },
    FindingCode {
        code: "text-missing",
        means: "A published text is not in the folder.",
        why: "A policy is what people read; what cannot be read promises nothing.",
        mend: "Put the file beside policy.toml, or correct its name under [texts].",
        example: "ru = \"text.ru.md\"",
    },
    FindingCode {
        code: "text-without-clauses",
        means: "A published text has no numbered clauses.",
        why: "A decision names the clause it follows from.",
        mend: "Number them: a heading or a paragraph that begins with the number.",
        example: "5.2. We process data only for the purposes that we declare.",
    },
    FindingCode {
        code: "clause-twice",
        means: "A clause number stands twice in one text.",
        why: "A decision that names it would mean either.",
        mend: "Give one of them its own number.",
        example: "5.2. and 5.3.",
    },
    FindingCode {
        code: "clauses-differ",
        means: "The texts have different clauses in different languages.",
        why: "People would be promised different things.",
        mend: "Add the clause where it is missing, or delete it in the other language.",
        example: "5.2. in text.kk.md and in text.ru.md",
    },
    FindingCode {
        code: "clause-not-in-text",
        means: "A block cites a clause that no text has.",
        why: "It would make a promise true that nobody made.",
        mend: "Cite the clause that the block makes true.",
        example: "clauses = [\"5.2\"]",
    },
    FindingCode {
        code: "clause-unbacked",
        means: "Nothing in the policy makes a clause true.",
        why: "It is a promise in words alone: the program does nothing for it.",
        mend: "Cite it in the block that keeps it, or under [explains] if it promises nothing.",
        example: "[explains]\nclauses = [\"1.1\"]",
    },
    FindingCode {
        code: "placeholder",
        means: "A value still holds the <words in angle brackets> that the first draft put there.",
        why: "The program would publish a wish as if it were a fact.",
        mend: "Write what the words ask for, without the brackets.",
        example: "bin = \"990140000017\"",
    },
    FindingCode {
        code: "language-unpublished",
        means: "The policy is published in fewer languages than the program speaks.",
        why: "People who read another language see the text in the first one.",
        mend: "Add the text in that language and name it under [texts], or leave it at that.",
        example: "[texts]\nru = \"text.ru.md\"\nkk = \"text.kk.md\"",
    },
    FindingCode {
        code: "bad-ground",
        means: "A ground in a case is not written as purpose and evidence.",
        why: "The case would ask about a person who never was.",
        mend: "Name the purpose, a space, and the number that proves the ground.",
        example: "given = { grounds = [\"order A-1\"] }",
    },
    FindingCode {
        code: "nothing-to-end",
        means: "A case ends or withdraws something that it did not give before.",
        why: "The case would pass or fail for a reason that it does not name.",
        mend: "Give the ground or the consent in the same case.",
        example: "given = { grounds = [\"order A-1\"], ended = [\"order A-1\"] }",
    },
    FindingCode {
        code: "not-a-consent",
        means: "A case gives a consent to a purpose that does not stand on consent.",
        why: "Such a consent opens nothing, so the case would prove nothing.",
        mend: "Give a ground instead, or name a purpose that stands on consent.",
        example: "given = { consents = [\"service_book\"] }",
    },
    FindingCode {
        code: "channel-missing",
        means: "A consent in a case names no channel, and the purpose asks for one channel by channel.",
        why: "A yes to e-mail is no yes to messages.",
        mend: "Write the channel after the purpose.",
        example: "given = { consents = [\"marketing/email\"] }",
    },
    FindingCode {
        code: "unknown-channel",
        means: "A case names a channel that the purpose does not have.",
        why: "It would ask about something that nobody can agree to.",
        mend: "Name one that the purpose declares under `channels`.",
        example: "channel = \"email\"",
    },
    FindingCode {
        code: "after-the-question",
        means: "Something in a case happens after the day on which the question is asked.",
        why: "The gate cannot know of it, so the case would mean something else than it says.",
        mend: "Ask later with `after`, or let it happen earlier.",
        example: "after = \"P3Y\"",
    },
    FindingCode {
        code: "not-in-force",
        means: "A case asks on a day before the policy is in force.",
        why: "No policy decides on that day.",
        mend: "Ask on the first day of the policy, or later.",
        example: "on = 2026-03-01",
    },
    FindingCode {
        code: "code-unused",
        means: "A case expects a permission and a refusal code at once.",
        why: "What is permitted has no refusal code.",
        mend: "Delete the code, or expect a refusal.",
        example: "expect = \"refused\"\ncode = \"attribute_not_needed\"",
    },
    FindingCode {
        code: "unused-key",
        means: "A case has a key that its question has no use for.",
        why: "It would look as if it mattered to the answer.",
        mend: "Delete it, or ask the question that uses it.",
        example: "do = \"disclose\"\nrecipient = \"promo.wash\"",
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// What stands in quotes after a call of one of these functions, when it is a word and no variable.
    fn codes_in(source: &str, calls: &[&str]) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for call in calls {
            for rest in source.split(call).skip(1) {
                if let Some(quoted) = rest.trim_start().strip_prefix('"')
                    && let Some((word, _)) = quoted.split_once('"')
                    && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
                {
                    found.insert(word.to_owned());
                }
            }
        }
        found
    }

    /// The sources of the check without their tests; the check of a published text has words of its own.
    fn sources(folder: &Path, all: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if path.file_name().is_some_and(|name| name != "reading") {
                    sources(&path, all);
                }
            } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("finding_codes.rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                all.push_str(text.split("#[cfg(test)]").next().unwrap());
            }
        }
    }

    #[test]
    fn every_code_of_the_check_is_explained_and_no_other() {
        let mut all = String::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
        let reported = codes_in(&all, &["report.error(", "report.warning(", "own.error(", "own.warning("]);
        assert!(reported.len() > 40, "{reported:?}");
        let explained: BTreeSet<String> = FINDINGS.iter().map(|f| f.code.to_owned()).collect();
        assert_eq!(explained.len(), FINDINGS.len(), "a code stands twice");
        let missing: Vec<_> = reported.difference(&explained).collect();
        assert!(missing.is_empty(), "explain these: {missing:?}");
        // Some codes are handed to a function that reports them.
        let unused: Vec<_> = explained.iter().filter(|code| !all.contains(&format!("\"{code}\""))).collect();
        assert!(unused.is_empty(), "no check reports these any more: {unused:?}");
    }

    #[test]
    fn each_is_told_in_whole_sentences_with_an_example() {
        for finding in FINDINGS {
            for sentence in [finding.means, finding.why, finding.mend] {
                assert!(sentence.ends_with('.') && sentence.len() > 15, "{}: {sentence}", finding.code);
            }
            assert!(!finding.example.is_empty());
        }
        assert_eq!(finding("purpose-endless").map(|f| f.code), Some("purpose-endless"));
        assert_eq!(suggestion("purpose-endles", &[]), "did you mean `purpose-endless`?");
        assert_eq!(
            suggestion("attribute_not_neded", &["attribute_not_needed"]),
            "did you mean `attribute_not_needed`?"
        );
        assert!(suggestion("zzzzzzzz", &[]).starts_with("`saqta policy check"));
    }
}
