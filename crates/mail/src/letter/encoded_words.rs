//! What does a header field say, once its encoded words (RFC 2047) and raw bytes are made UTF-8?
//!
//! Some programs cut a text into encoded words in the middle of a character, others write bytes of a code page without any
//! label. So neighbouring words of one sort are joined before they are decoded, and what comes out is plain UTF-8.

use data_encoding::BASE64;

use super::{charset, clean, transfer};

/// Bytes of one encoded word that are looked at. The standard says 75; some programs write a whole subject into one.
const LONGEST: usize = 8 * 1024;

/// A field's bytes as UTF-8, with each run of encoded words decoded and written as one word in UTF-8 again, so that a name with
/// a comma in it stays one name for whoever reads addresses.
pub fn rewritten(field: &[u8]) -> String {
    each_run(field, |out, text| {
        out.push_str("=?utf-8?B?");
        out.push_str(&BASE64.encode(text.as_bytes()));
        out.push_str("?=");
    })
}

/// A field's bytes as text to be read.
pub fn read(field: &[u8]) -> String {
    each_run(field, |out, text| out.push_str(text))
}

fn each_run(field: &[u8], mut write: impl FnMut(&mut String, &str)) -> String {
    let field = charset::decode(field, None);
    let mut out = String::with_capacity(field.len());
    let mut rest = field.as_str();
    while let Some(at) = rest.find("=?") {
        let (before, from) = rest.split_at(at);
        let Some((word, after)) = Word::parse(from) else {
            let (sign, after) = from.split_at(2);
            out.push_str(before);
            out.push_str(sign);
            rest = after;
            continue;
        };
        out.push_str(before);
        let (run, after) = run(word, after);
        write(&mut out, &run);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Decodes a word and those that follow it with nothing but space between.
fn run<'a>(first: Word<'a>, mut rest: &'a str) -> (String, &'a str) {
    let mut text = String::new();
    let mut charset = first.charset;
    let mut bytes = first.bytes();
    while let Some((word, after)) = Word::parse(rest.trim_start()) {
        if !word.charset.eq_ignore_ascii_case(charset) {
            text.push_str(&charset::decode(&bytes, Some(charset)));
            bytes.clear();
            charset = word.charset;
        }
        bytes.extend(word.bytes());
        rest = after;
    }
    text.push_str(&charset::decode(&bytes, Some(charset)));
    (text, rest)
}

/// `=?charset?B or Q?text?=`
struct Word<'a> {
    charset: &'a str,
    is_base64: bool,
    text: &'a str,
}

impl<'a> Word<'a> {
    fn parse(input: &'a str) -> Option<(Self, &'a str)> {
        let input = input.strip_prefix("=?")?;
        let looked_at = clean::head(input, LONGEST);
        let (charset, after) = looked_at.split_once('?')?;
        let charset = charset.split('*').next().unwrap_or(charset);
        let (way, after) = after.split_once('?')?;
        let (text, after) = after.split_once("?=")?;
        let rest = input.get(looked_at.len() - after.len()..)?;
        let plain = |text: &str| text.bytes().all(|byte| byte != b'\n' && byte != b'\r');
        if charset.is_empty() || charset.len() > 40 || !plain(charset) {
            return None;
        }
        let is_base64 = match way {
            "b" | "B" => true,
            "q" | "Q" => false,
            _ => return None,
        };
        Some((Self { charset, is_base64, text }, rest))
    }

    fn bytes(&self) -> Vec<u8> {
        if self.is_base64 {
            return transfer::base64(self.text.as_bytes());
        }
        transfer::quoted_printable(self.text.replace('_', " ").as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cut_inside_a_character_are_joined() {
        let bytes = "Отзыв согласия".as_bytes();
        let (left, right) = bytes.split_at(5);
        let field = format!("=?UTF-8?B?{}?=\r\n =?utf-8?B?{}?=", BASE64.encode(left), BASE64.encode(right));
        assert_eq!(read(field.as_bytes()), "Отзыв согласия");
    }

    #[test]
    fn all_ways_of_encoding_are_read() {
        assert_eq!(read(b"Re: =?windows-1251?Q?=CE=F2=E7=FB=E2_=F1?= x"), "Re: Отзыв с x");
        assert_eq!(read(b"=?koi8-r?B?79Ta2dc=?="), "Отзыв");
        assert_eq!(read(b"\xce\xf2\xe7\xfb\xe2 \xf1\xee\xe3\xeb\xe0\xf1\xe8\xff"), "Отзыв согласия");
        assert_eq!(read(b"=?broken?X?abc?= =?"), "=?broken?X?abc?= =?");
    }

    #[test]
    fn a_comma_in_a_name_stays_in_the_name() {
        let field = rewritten("=?utf-8?Q?Shop=2C_Ltd?= <a@b.example>".as_bytes());
        assert_eq!(field, format!("=?utf-8?B?{}?= <a@b.example>", BASE64.encode(b"Shop, Ltd")));
    }
}
