//! How is a server asked over one connection that stays open, with as little work of our own as can be?
//!
//! The load generator shares its two processors with what it measures. So this is the least of a client: one write for each
//! request, answers with a stated length alone, and no copy of them.

use std::io::Write;
use std::net::SocketAddr;

use anyhow::{Context, Result, bail, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const ROOM: usize = 16 * 1024;
const MOST_HEADERS: usize = 32;

/// Where a server listens, and the key that opens it.
#[derive(Clone, Debug)]
pub struct Target {
    /// Its address.
    pub address: SocketAddr,
    /// The key; empty where none is needed.
    pub key: String,
}

/// What a server answered.
#[derive(Debug)]
pub struct Answer<'a> {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: &'a [u8],
}

impl Answer<'_> {
    /// The body as JSON.
    pub fn json<T: serde::de::DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(self.body).with_context(|| format!("not what was expected: {}", self.shown()))
    }

    /// The beginning of the body, for a message. Everybody in it is invented.
    pub fn shown(&self) -> String {
        String::from_utf8_lossy(self.body).chars().take(400).collect()
    }

    /// Fails when the status is another.
    pub fn expect(&self, status: u16) -> Result<()> {
        ensure!(self.status == status, "answered {} instead of {status}: {}", self.status, self.shown());
        Ok(())
    }
}

/// One connection.
pub struct Connection {
    stream: TcpStream,
    fixed: String,
    request: Vec<u8>,
    received: Vec<u8>,
}

impl Connection {
    /// Opens it.
    pub async fn open(target: &Target) -> Result<Self> {
        let stream = TcpStream::connect(target.address).await.context("cannot connect")?;
        stream.set_nodelay(true)?;
        let mut fixed =
            format!(" HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\n", target.address);
        if !target.key.is_empty() {
            fixed.push_str(&format!("authorization: Bearer {}\r\n", target.key));
        }
        fixed.push_str("content-length: ");
        Ok(Self { stream, fixed, request: Vec::new(), received: vec![0; ROOM] })
    }

    /// Sends a request and waits for the whole answer.
    pub async fn ask(&mut self, method: &str, path: &str, body: &[u8]) -> Result<Answer<'_>> {
        self.request.clear();
        write!(self.request, "{method} {path}{}{}\r\n\r\n", self.fixed, body.len())?;
        self.request.extend_from_slice(body);
        self.stream.write_all(&self.request).await?;
        let mut filled = 0;
        let head = loop {
            filled += self.more(filled).await?;
            if let Some(head) = Head::read(self.received.get(..filled).unwrap_or_default())? {
                break head;
            }
        };
        let end = head.length + head.body;
        while filled < end {
            filled += self.more(filled).await?;
        }
        ensure!(filled == end, "more was answered than was announced");
        Ok(Answer { status: head.status, body: self.received.get(head.length..end).unwrap_or_default() })
    }

    async fn more(&mut self, filled: usize) -> Result<usize> {
        if filled == self.received.len() {
            self.received.resize(filled * 2, 0);
        }
        let Some(room) = self.received.get_mut(filled..) else { bail!("no room for the answer") };
        let read = self.stream.read(room).await?;
        ensure!(read > 0, "the server closed the connection");
        Ok(read)
    }
}

struct Head {
    status: u16,
    length: usize,
    body: usize,
}

impl Head {
    /// None, as long as it is not whole.
    fn read(received: &[u8]) -> Result<Option<Self>> {
        let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
        let mut response = httparse::Response::new(&mut headers);
        let httparse::Status::Complete(length) = response.parse(received)? else { return Ok(None) };
        let announced =
            response.headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-length"));
        let announced = announced.context("an answer did not say how long it is")?;
        let body = std::str::from_utf8(announced.value)?.parse()?;
        Ok(Some(Self { status: response.code.context("an answer has no status")?, length, body }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_when_it_is_whole_and_must_say_its_length() {
        let whole = b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}";
        let head = Head::read(whole).unwrap().unwrap();
        assert_eq!((head.status, head.body, head.length), (201, 2, whole.len() - 2));
        assert!(Head::read(&whole[..20]).unwrap().is_none());
        assert!(Head::read(b"HTTP/1.1 200 OK\r\n\r\n").is_err());
    }
}
