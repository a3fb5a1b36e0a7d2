//! From whom, to whom, and by which host does a letter come that is being handed over?

use std::net::IpAddr;

use smtp_proto::{MailFrom, RcptTo};

use crate::intake::{Arrival, Arrived, Extent, Way};

/// The command by which Postfix tells who gave it the letter. It is no standard, and the parser does not know it.
const FORWARD: &[u8] = b"XFORWARD ";
/// Longest value that is kept of it.
const LONGEST_VALUE: usize = 255;

/// A letter that has a sender and perhaps recipients, and no content yet.
pub(super) struct Envelope {
    arrival: Arrival,
    recipients: Vec<String>,
}

/// What stays the same for the letters of one connection until it is said anew.
#[derive(Clone, Default)]
pub(super) struct Client {
    address: Option<IpAddr>,
    helo: Option<String>,
}

impl Client {
    /// Reads `XFORWARD ADDR=… HELO=…`; `None` where it is another command, `Some(false)` where it cannot be read.
    pub(super) fn forward(&mut self, line: &[u8]) -> Option<bool> {
        let (command, rest) = line.split_at_checked(FORWARD.len())?;
        if !command.eq_ignore_ascii_case(FORWARD) {
            return None;
        }
        let Ok(rest) = std::str::from_utf8(rest) else { return Some(false) };
        for word in rest.split_ascii_whitespace() {
            let Some((name, value)) = word.split_once('=') else { return Some(false) };
            let value = decoded(value).filter(|value| !value.eq_ignore_ascii_case("[unavailable]"));
            match name.to_ascii_uppercase().as_str() {
                "ADDR" => self.address = value.and_then(|value| address(&value)),
                "HELO" => self.helo = value,
                _ => {}
            }
        }
        Some(true)
    }
}

impl Envelope {
    pub(super) fn new(from: &MailFrom<std::borrow::Cow<'_, str>>, client: &Client) -> Self {
        let arrival = Arrival {
            client_ip: client.address,
            helo: client.helo.clone(),
            mail_from: Some(from.address.clone().into_owned()),
        };
        Self { arrival, recipients: Vec::new() }
    }

    /// Each accepted recipient has an answer of its own, also where one is named twice.
    pub(super) fn add(&mut self, to: &RcptTo<std::borrow::Cow<'_, str>>) {
        self.recipients.push(to.address.to_lowercase());
    }

    pub(super) fn recipients(&self) -> usize {
        self.recipients.len()
    }

    pub(super) fn seal(self, bytes: Vec<u8>) -> Arrived {
        let mut recipients = self.recipients;
        recipients.sort();
        recipients.dedup();
        Arrived {
            way: Way::Lmtp,
            arrival: self.arrival,
            recipients,
            received: None,
            bytes,
            extent: Extent::Whole,
        }
    }
}

fn address(value: &str) -> Option<IpAddr> {
    let bare = value.get(..5).filter(|prefix| prefix.eq_ignore_ascii_case("IPV6:")).and(value.get(5..));
    bare.unwrap_or(value).parse().ok()
}

/// `+41` stands for the sign with that number (RFC 1891); what is no plain text then is not kept.
fn decoded(value: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = value.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        rest = tail;
        if *first == b'+' {
            let (digits, tail) = rest.split_at_checked(2)?;
            bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
            rest = tail;
        } else {
            bytes.push(*first);
        }
    }
    let text = String::from_utf8(bytes).ok()?;
    (text.len() <= LONGEST_VALUE && !text.chars().any(char::is_control)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_of_the_mail_server_is_read_and_what_is_unknown_stays_so() {
        let mut client = Client::default();
        assert_eq!(
            client.forward(b"xforward NAME=a ADDR=IPv6:2001:db8::1 HELO=mx+2Eshop.example\r\n"),
            Some(true)
        );
        assert_eq!(client.address, Some("2001:db8::1".parse().unwrap()));
        assert_eq!(client.helo.as_deref(), Some("mx.shop.example"));
        assert_eq!(client.forward(b"XFORWARD ADDR=[UNAVAILABLE] HELO=a+0Ab\r\n"), Some(true));
        assert!(client.address.is_none() && client.helo.is_none());
        assert_eq!(client.forward(b"XFORWARD nonsense\r\n"), Some(false));
        assert_eq!(client.forward(b"RSET\r\n"), None);
    }
}
