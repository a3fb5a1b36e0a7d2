//! What has the other side said, in lines that are whole and not too long?
//!
//! A line ends with CR LF and with nothing else. Programs that let a bare LF pass can be made to read a second letter inside a
//! first one, with a sender of its own ("SMTP smuggling").

use std::io;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::time::timeout;

/// Longest command with all its parameters.
const LONGEST_LINE: usize = 4096;
const CHUNK: usize = 16 * 1024;

/// Bytes that came and were not read yet.
pub(super) struct Lines {
    waiting: Vec<u8>,
    taken: usize,
}

/// One line of a command.
pub(super) enum Line {
    /// With its CR LF.
    Whole(Vec<u8>),
    /// Too long, or with an end of another kind. What follows cannot be told apart from it.
    Broken,
    /// The other side has closed.
    End,
}

impl Lines {
    pub(super) fn new() -> Self {
        Self { waiting: Vec::new(), taken: 0 }
    }

    /// What came already, and after that whatever comes; empty where the other side has closed.
    pub(super) async fn more(
        &mut self,
        stream: &mut (impl AsyncRead + Unpin),
        patience: Duration,
    ) -> io::Result<&[u8]> {
        if self.waiting.len() == self.taken {
            self.waiting.clear();
            self.taken = 0;
            self.fill(stream, patience).await?;
        }
        Ok(self.waiting.get(self.taken..).unwrap_or_default())
    }

    /// Says how much of it was used.
    pub(super) fn used(&mut self, bytes: usize) {
        self.taken = (self.taken + bytes).min(self.waiting.len());
    }

    pub(super) async fn line(
        &mut self,
        stream: &mut (impl AsyncRead + Unpin),
        patience: Duration,
    ) -> io::Result<Line> {
        self.waiting.drain(..self.taken);
        self.taken = 0;
        let mut looked_at = 0;
        loop {
            let unseen = self.waiting.get(looked_at..).unwrap_or_default();
            if let Some(found) = unseen.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.waiting.drain(..=looked_at + found).collect();
                let content = line.strip_suffix(b"\r\n");
                let is_whole = content.is_some_and(|content| {
                    content.len() <= LONGEST_LINE && !content.iter().any(|byte| matches!(byte, b'\r' | 0))
                });
                return Ok(if is_whole { Line::Whole(line) } else { Line::Broken });
            }
            looked_at = self.waiting.len();
            if looked_at > LONGEST_LINE {
                return Ok(Line::Broken);
            }
            if self.fill(stream, patience).await? == 0 {
                return Ok(Line::End);
            }
        }
    }

    async fn fill(&mut self, stream: &mut (impl AsyncRead + Unpin), patience: Duration) -> io::Result<usize> {
        self.waiting.reserve(CHUNK);
        timeout(patience, stream.read_buf(&mut self.waiting))
            .await
            .map_err(|_late| io::Error::from(io::ErrorKind::TimedOut))?
    }
}
