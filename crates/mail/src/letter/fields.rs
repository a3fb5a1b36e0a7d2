//! Which fields has a header, and what do they say?

use std::borrow::Cow;

use jiff::Timestamp;
use mail_parser::{Addr, ContentType, HeaderValue, MessageParser};

use super::{Address, LetterFault, bounds, clean, encoded_words};

/// The fields of one header in their order, unfolded, as UTF-8. Encoded words still stand in them as such.
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads a header block. Lines that are no field are passed over, as everybody's mail program does.
    pub fn read(block: &[u8]) -> Result<Self, LetterFault> {
        if block.len() > bounds::MAX_HEADER_BLOCK {
            return Err(LetterFault::HeaderTooLong);
        }
        let mut fields: Vec<(String, Vec<u8>)> = Vec::new();
        for line in block.split(|byte| *byte == b'\n') {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if line.first().is_some_and(|byte| matches!(byte, b' ' | b'\t')) {
                if let Some((_, value)) = fields.last_mut() {
                    value.extend(line);
                }
            } else if let Some((name, value)) = split_name(line) {
                fields.push((name, value.to_vec()));
                if fields.len() > bounds::MAX_FIELDS {
                    return Err(LetterFault::TooManyFields);
                }
            }
            if fields.last().is_some_and(|(_, value)| value.len() > bounds::MAX_FIELD) {
                return Err(LetterFault::HeaderTooLong);
            }
        }
        let utf8 = |(name, value): (String, Vec<u8>)| (name, encoded_words::rewritten(&value));
        Ok(Self(fields.into_iter().map(utf8).collect()))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All fields of a name, given in lower case.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The first field of a name.
    pub fn first(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The subject in one line.
    pub fn subject(&self) -> String {
        self.first("subject")
            .map(|value| clean::line(&encoded_words::read(value.as_bytes())))
            .unwrap_or_default()
    }

    /// The addresses of all fields of a name.
    pub fn addresses(&self, name: &str) -> Vec<Address> {
        let mut found = Vec::new();
        for value in self.all(name) {
            let Some(HeaderValue::Address(addresses)) = typed("From", value) else { continue };
            let room = bounds::MAX_ADDRESSES.saturating_sub(found.len());
            found.extend(addresses.iter().filter_map(address).take(room));
        }
        found
    }

    /// The ids of all fields of a name, without angle brackets. Of too many, the first and the last ones.
    pub fn ids(&self, name: &str) -> Vec<String> {
        let inside = |part: &str| {
            let (id, _) = part.split_once('>')?;
            let id: String = id.chars().filter(|ch| !ch.is_whitespace() && !ch.is_control()).collect();
            (!id.is_empty() && id.len() <= bounds::MAX_LINE).then_some(id)
        };
        let mut ids: Vec<String> =
            self.all(name).flat_map(|value| value.split('<').skip(1).filter_map(inside)).collect();
        if ids.len() > bounds::MAX_IDS {
            let half = bounds::MAX_IDS / 2;
            ids.drain(half..ids.len() - half);
        }
        ids
    }

    /// When it says it was written.
    pub fn date(&self) -> Option<Timestamp> {
        let Some(HeaderValue::DateTime(date)) = typed("Date", self.first("date")?) else { return None };
        if !date.is_valid() {
            return None;
        }
        let digits = format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}{:02}:{:02}",
            date.year,
            date.month,
            date.day,
            date.hour,
            date.minute,
            date.second.min(59),
            if date.tz_before_gmt { '-' } else { '+' },
            date.tz_hour,
            date.tz_minute
        );
        digits.parse().ok()
    }

    /// What the part is said to be.
    pub fn content_type(&self) -> Option<ContentType<'static>> {
        content_type(self.first("content-type")?)
    }

    /// How the part is to be shown.
    pub fn disposition(&self) -> Option<ContentType<'static>> {
        content_type(self.first("content-disposition")?)
    }
}

fn content_type(value: &str) -> Option<ContentType<'static>> {
    match typed("Content-Type", value) {
        Some(HeaderValue::ContentType(content_type)) => Some(content_type),
        _ => None,
    }
}

fn split_name(line: &[u8]) -> Option<(String, &[u8])> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let (name, value) = line.split_at(colon);
    let name = std::str::from_utf8(name).ok()?.trim_end();
    let is_name = !name.is_empty() && name.len() <= 80 && name.bytes().all(|byte| byte.is_ascii_graphic());
    is_name.then(|| (name.to_ascii_lowercase(), value.get(1..).unwrap_or_default()))
}

/// Lets `mail-parser` read a value as it reads fields of that name.
fn typed(name: &str, value: &str) -> Option<HeaderValue<'static>> {
    let field = format!("{name}: {}\r\n\r\n", value.trim());
    let message = MessageParser::default().parse_headers(field.as_bytes())?;
    let header = message.parts.into_iter().next()?.headers.into_iter().next()?;
    Some(header.value.into_owned())
}

fn address(addr: &Addr<'_>) -> Option<Address> {
    let mut address: String =
        clean::line(addr.address.as_deref().unwrap_or_default()).chars().filter(|ch| *ch != ' ').collect();
    if let Some((local, domain)) = address.rsplit_once('@') {
        address = format!("{local}@{}", domain.to_lowercase());
    }
    let name = addr.name.as_deref().map(|name| clean::line(&encoded_words::read(name.as_bytes())));
    let name =
        name.map(|name| name.trim_matches(['"', '\'', ' ']).to_owned()).filter(|name| !name.is_empty());
    (!address.is_empty() || name.is_some()).then_some(Address { name, address })
}

/// A parameter of a content type, whole. Its words may be encoded the way only fields should be; many programs do that.
pub fn parameter(content_type: &ContentType<'_>, name: &str) -> Option<String> {
    let value: Cow<'_, str> = content_type.attribute(name)?.into();
    Some(clean::line(&encoded_words::read(value.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(block: &str) -> Fields {
        Fields::read(block.as_bytes()).unwrap()
    }

    #[test]
    fn folded_and_encoded_fields_are_read() {
        let fields = fields(
            "Subject: =?utf-8?B?0J7RgtC30YvQsg==?=\r\n =?utf-8?B?INGB0L7Qs9C70LDRgdC40Y8=?=\r\n\
             From: =?utf-8?Q?=D0=90=D0=BD=D0=BD=D0=B0?= <Anna@Post.EXAMPLE>, b@c.example\r\n\
             Date: Mon, 2 Mar 2026 10:00:00 +0500\r\nReferences: <a@b>\r\n <c@d>\r\nno field\r\n",
        );
        assert_eq!(fields.subject(), "Отзыв согласия");
        let from = fields.addresses("from");
        assert_eq!(from[0].name.as_deref(), Some("Анна"));
        assert_eq!(from[0].address, "Anna@post.example");
        assert_eq!(from[1].address, "b@c.example");
        assert_eq!(fields.date().unwrap().to_string(), "2026-03-02T05:00:00Z");
        assert_eq!(fields.ids("references"), ["a@b", "c@d"]);
    }

    #[test]
    fn file_names_in_every_spelling_are_read() {
        for value in [
            "attachment; filename*=UTF-8''%D0%90%D0%BA%D1%82.pdf",
            "attachment; filename*0*=UTF-8''%D0%90%D0%BA; filename*1*=%D1%82.pdf",
            "attachment; filename=\"=?utf-8?B?0JDQutGCLnBkZg==?=\"",
            "attachment; filename=\"Акт.pdf\"",
            "attachment; filename*=windows-1251''%C0%EA%F2.pdf",
        ] {
            let disposition = fields(&format!("Content-Disposition: {value}\r\n")).disposition().unwrap();
            assert_eq!(parameter(&disposition, "filename").as_deref(), Some("Акт.pdf"), "{value}");
        }
    }

    #[test]
    fn bounds_are_faults() {
        let many = "X: y\r\n".repeat(bounds::MAX_FIELDS + 1);
        assert_eq!(Fields::read(many.as_bytes()).err(), Some(LetterFault::TooManyFields));
        let long = format!("X: {}\r\n", "y".repeat(bounds::MAX_FIELD + 1));
        assert_eq!(Fields::read(long.as_bytes()).err(), Some(LetterFault::HeaderTooLong));
        let folded = format!("X: y\r\n{}", " yyyyyyyyyyyyyyy\r\n".repeat(bounds::MAX_FIELD / 8));
        assert_eq!(Fields::read(folded.as_bytes()).err(), Some(LetterFault::HeaderTooLong));
    }
}
