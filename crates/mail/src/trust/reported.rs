//! What did the operator's own mail server find, where it wrote that down (RFC 8601)?
//!
//! Anybody can write an `Authentication-Results`. Believed is the topmost alone, and only where it bears the configured name: a
//! server puts its own on top, and what a stranger wrote lies below it.

use mail_auth::{AuthenticatedMessage, SpfOutput, SpfResult};

use super::{Trust, Verdict, in_ascii};

const HEADER: &[u8] = b"authentication-results";
/// A header longer than this is no honest one.
const LONGEST: usize = 8 * 1024;

/// The results in one header, as far as they are used here.
pub(super) struct Reported {
    methods: Vec<Method>,
}

struct Method {
    name: String,
    result: Verdict,
    properties: Vec<(String, String)>,
}

impl Reported {
    pub(super) fn topmost(message: &AuthenticatedMessage<'_>, authserv_id: &str) -> Option<Self> {
        let (_, value) =
            message.headers.iter().find(|(name, _)| name.trim_ascii().eq_ignore_ascii_case(HEADER))?;
        if value.len() > LONGEST {
            return None;
        }
        let parts = without_comments(std::str::from_utf8(value).ok()?);
        let mut parts = parts.iter();
        let id = parts.next()?.split_whitespace().next()?.to_lowercase();
        (id == authserv_id).then(|| Self { methods: parts.filter_map(|part| Method::read(part)).collect() })
    }

    /// SPF as the server evaluated it, for the domain on the envelope.
    pub(super) fn spf(&self) -> Option<SpfOutput> {
        let method = self.methods.iter().find(|method| method.name == "spf")?;
        let domain = domain_of(method.property("smtp.mailfrom")?)?;
        let result = match method.result {
            Verdict::Pass => SpfResult::Pass,
            Verdict::Fail => SpfResult::Fail,
            Verdict::Neutral => SpfResult::Neutral,
            Verdict::None => SpfResult::None,
            Verdict::TempError => SpfResult::TempError,
            Verdict::PermError => SpfResult::PermError,
        };
        Some(SpfOutput::new(domain).with_result(result))
    }

    /// Adds what the server saw and we can no longer see: it looked at the letter before anybody touched it.
    pub(super) fn complete(&self, trust: &mut Trust) {
        trust.reported = true;
        let domain = trust.domain.clone();
        let about_sender = |method: &&Method| method.property("header.from").and_then(domain_of) == domain;
        if trust.dmarc != Verdict::Pass
            && let Some(dmarc) =
                self.methods.iter().filter(|method| method.name == "dmarc").find(about_sender)
        {
            trust.dmarc = dmarc.result;
        }
        if trust.dkim != Verdict::Pass {
            let passed = self.methods.iter().find(|method| {
                method.name == "dkim"
                    && method.result == Verdict::Pass
                    && method.property("header.d").is_some()
            });
            if let Some(signer) = passed.and_then(|method| method.property("header.d")).and_then(in_ascii) {
                trust.dkim = Verdict::Pass;
                trust.signed_by = Some(signer);
            }
        }
    }
}

impl Method {
    fn read(part: &str) -> Option<Self> {
        let mut words = part.split_whitespace();
        let (name, result) = words.next()?.split_once('=')?;
        // A method may bear a version after a slash.
        let name = name.split('/').next()?.to_lowercase();
        let result = match result.to_lowercase().as_str() {
            "pass" => Verdict::Pass,
            "fail" | "hardfail" => Verdict::Fail,
            "temperror" => Verdict::TempError,
            "permerror" => Verdict::PermError,
            "none" => Verdict::None,
            _ => Verdict::Neutral,
        };
        let properties = words
            .filter_map(|word| word.split_once('='))
            .map(|(name, value)| (name.to_lowercase(), value.trim_matches('"').to_owned()))
            .collect();
        Some(Self { name, result, properties })
    }

    fn property(&self, name: &str) -> Option<&str> {
        self.properties.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// An address names its domain after the `@`; some servers write the domain alone.
fn domain_of(value: &str) -> Option<String> {
    in_ascii(value.rsplit_once('@').map_or(value, |(_, domain)| domain).trim_matches(['<', '>']))
}

/// The parts between semicolons. Comments are left out, and what stands in quotes is not looked into.
fn without_comments(value: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut depth, mut quoted) = (0_usize, false);
    let mut signs = value.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' if quoted || depth > 0 => {
                signs.next();
            }
            '"' if depth == 0 => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted && depth > 0 => depth -= 1,
            ';' if !quoted && depth == 0 => parts.push(String::new()),
            // Spaces in quotes would split a value in two; none that is used here has any.
            sign if depth == 0 && !(quoted && sign.is_whitespace()) => {
                parts.iter_mut().next_back().into_iter().for_each(|part| part.push(sign));
            }
            _ => {}
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topmost(letter: &str) -> Option<Reported> {
        let letter = format!("{letter}From: a@shop.example\r\n\r\nbody\r\n");
        let message = AuthenticatedMessage::parse(letter.as_bytes()).unwrap();
        Reported::topmost(&message, "mx.shop.example")
    }

    fn spf(letter: &str) -> Option<(SpfResult, String)> {
        topmost(letter)?.spf().map(|spf| (spf.result(), spf.domain().to_owned()))
    }

    #[test]
    fn the_topmost_of_the_configured_name_is_believed() {
        let found = spf("Authentication-Results: mx.shop.example 1 (a \"comment; spf=fail);\r\n \
             dkim=pass header.d=bank.example; spf=pass (sender (nested) ok)\r\n smtp.mailfrom=bounce@bank.example\r\n");
        assert_eq!(found, Some((SpfResult::Pass, "bank.example".to_owned())));
    }

    #[test]
    fn one_of_another_name_is_not_and_what_lies_below_it_neither() {
        let forged = "Authentication-Results: mx.shop.example; spf=pass smtp.mailfrom=a@bank.example\r\n";
        assert_eq!(spf(&format!("Authentication-Results: other.example; none\r\n{forged}")), None);
        assert_eq!(
            spf("Authentication-Results: mx.shop.example.evil.example; spf=pass smtp.mailfrom=a\r\n"),
            None
        );
        let below = format!(
            "Authentication-Results: mx.shop.example; spf=fail smtp.mailfrom=a@b.example\r\n{forged}"
        );
        assert_eq!(spf(&below), Some((SpfResult::Fail, "b.example".to_owned())));
    }

    #[test]
    fn words_in_quotes_and_comments_are_no_results() {
        assert_eq!(
            spf("Authentication-Results: mx.shop.example; x=\"; spf=pass smtp.mailfrom=a@bank.example\"\r\n"),
            None
        );
        assert_eq!(
            spf("Authentication-Results: mx.shop.example; (; spf=pass smtp.mailfrom=a@bank.example)\r\n"),
            None
        );
    }
}
