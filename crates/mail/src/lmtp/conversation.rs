//! What is said on one connection, and when is a letter handed on?

use std::borrow::Cow;
use std::io;

use smtp_proto::request::receiver::{BdatReceiver, DataReceiver, DummyDataReceiver};
use smtp_proto::{MAIL_BODY_BINARYMIME, MAIL_REQUIRETLS, MailFrom, RcptTo, Request};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::sync::watch;
use tokio::time::timeout;

use super::Door;
use super::envelope::{Client, Envelope};
use super::lines::{Line, Lines};
use crate::intake::{Intake, NotTaken};

/// Commands that nothing came of, before the other side is asked to leave.
const FAULTS: u32 = 20;

type Reply = Cow<'static, str>;

pub(super) struct Conversation<'door, S> {
    stream: S,
    door: &'door Door,
    intake: &'door dyn Intake,
    closing: watch::Receiver<bool>,
    lines: Lines,
    /// Answers not sent yet: with pipelining several go out together.
    answers: Vec<u8>,
    greeted: bool,
    client: Client,
    envelope: Option<Envelope>,
    /// What came of a letter by BDAT so far.
    chunks: Option<Content>,
    faults: u32,
}

/// The content of a letter, or the reason why it is not kept.
enum Content {
    Kept(Vec<u8>),
    TooLarge,
}

enum Next {
    Go,
    Leave,
}

impl<'door, S: AsyncRead + AsyncWrite + Unpin> Conversation<'door, S> {
    pub(super) fn new(
        stream: S,
        door: &'door Door,
        intake: &'door dyn Intake,
        closing: watch::Receiver<bool>,
    ) -> Self {
        Self {
            stream,
            door,
            intake,
            closing,
            lines: Lines::new(),
            answers: Vec::new(),
            greeted: false,
            client: Client::default(),
            envelope: None,
            chunks: None,
            faults: 0,
        }
    }

    /// Talks until one side leaves. An error means that the connection broke; nothing was promised then.
    pub(super) async fn hold(mut self) -> io::Result<()> {
        self.answer(format!("220 {} LMTP ready", self.door.hostname));
        loop {
            self.send().await?;
            let patience = self.door.bounds.patience;
            let line = tokio::select! {
                line = self.lines.line(&mut self.stream, patience) => Some(line?),
                _closing = self.closing.wait_for(|closing| *closing) => None,
            };
            let Some(line) = line else {
                self.answer("421 4.3.2 Closing, come again");
                break;
            };
            let next = match line {
                Line::Whole(line) => self.obey(&line).await?,
                Line::Broken => {
                    self.answer(
                        "500 5.5.2 A line ends with CR LF and is not longer than 4096 bytes; goodbye",
                    );
                    Next::Leave
                }
                Line::End => return Ok(()),
            };
            if matches!(next, Next::Leave) {
                break;
            }
            if self.faults >= FAULTS {
                self.answer("421 4.7.0 Too many errors; goodbye");
                break;
            }
        }
        self.send().await?;
        self.stream.shutdown().await
    }

    async fn obey(&mut self, line: &[u8]) -> io::Result<Next> {
        if let Some(readable) = self.client.forward(line) {
            match readable {
                true => self.answer("250 2.0.0 Noted"),
                false => self.fault("501 5.5.4 XFORWARD NAME=value …"),
            }
            return Ok(Next::Go);
        }
        match Request::parse(&mut line.iter()) {
            Ok(Request::Lhlo { .. }) => self.greet(),
            Ok(Request::Ehlo { .. } | Request::Helo { .. }) => {
                self.fault("500 5.5.1 This is LMTP: greet with LHLO");
            }
            Ok(Request::Mail { from }) => self.sender(&from),
            Ok(Request::Rcpt { to }) => self.recipient(&to),
            Ok(Request::Data) => self.data().await?,
            Ok(Request::Bdat { chunk_size, is_last }) => return self.chunk(chunk_size, is_last).await,
            Ok(Request::Rset) => {
                self.forget();
                self.answer("250 2.0.0 Forgotten");
            }
            Ok(Request::Noop { .. }) => self.answer("250 2.0.0 Here"),
            Ok(Request::Vrfy { .. }) => self.answer("252 2.1.5 Try it"),
            Ok(Request::Quit) => {
                self.answer("221 2.0.0 Goodbye");
                return Ok(Next::Leave);
            }
            Ok(_) => self.fault("502 5.5.1 Not spoken here"),
            Err(smtp_proto::Error::InvalidRecipientAddress | smtp_proto::Error::InvalidSenderAddress) => {
                self.fault("501 5.1.3 This is no address");
            }
            Err(
                smtp_proto::Error::SyntaxError { .. }
                | smtp_proto::Error::InvalidParameter { .. }
                | smtp_proto::Error::UnsupportedParameter { .. },
            ) => self.fault("501 5.5.4 Not understood"),
            Err(_) => self.fault("500 5.5.2 Not understood"),
        }
        Ok(Next::Go)
    }

    fn greet(&mut self) {
        self.forget();
        self.greeted = true;
        let (hostname, letter) = (&self.door.hostname, self.door.bounds.letter);
        self.answer(format!(
            "250-{hostname}\r\n250-PIPELINING\r\n250-ENHANCEDSTATUSCODES\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n\
             250-CHUNKING\r\n250-XFORWARD NAME ADDR PORT PROTO HELO IDENT SOURCE\r\n250 SIZE {letter}"
        ));
    }

    fn sender(&mut self, from: &MailFrom<Cow<'_, str>>) {
        if !self.greeted {
            return self.fault("503 5.5.1 Greet with LHLO first");
        }
        if self.envelope.is_some() {
            return self.fault("503 5.5.1 One letter at a time");
        }
        if from.flags & (MAIL_BODY_BINARYMIME | MAIL_REQUIRETLS) != 0 {
            return self.fault("504 5.5.4 Not spoken here");
        }
        if from.size > self.door.bounds.letter {
            return self.answer("552 5.3.4 The letter is too large");
        }
        self.envelope = Some(Envelope::new(from, &self.client));
        self.answer("250 2.1.0 Go on");
    }

    fn recipient(&mut self, to: &RcptTo<Cow<'_, str>>) {
        if self.chunks.is_some() {
            return self.fault("503 5.5.1 The letter has begun");
        }
        let Some(envelope) = &mut self.envelope else { return self.fault("503 5.5.1 MAIL comes first") };
        if !self.door.recipients.contains(&to.address.to_lowercase()) {
            return self.answer("550 5.1.1 Nobody here has this address");
        }
        if envelope.recipients() >= self.door.bounds.recipients {
            return self.answer("452 4.5.3 Too many recipients, send the others in another letter");
        }
        envelope.add(to);
        self.answer("250 2.1.5 Go on");
    }

    async fn data(&mut self) -> io::Result<()> {
        if self.chunks.is_some() {
            self.fault("503 5.5.1 The letter comes by BDAT");
            return Ok(());
        }
        if self.envelope.as_ref().is_none_or(|envelope| envelope.recipients() == 0) {
            self.fault("503 5.5.1 No recipient was accepted");
            return Ok(());
        }
        self.answer("354 End with CR LF . CR LF");
        self.send().await?;
        let content = self.dotted().await?;
        self.file(content).await;
        Ok(())
    }

    /// Reads up to CR LF `.` CR LF and to nothing else. What is over the bound is read on and not kept.
    async fn dotted(&mut self) -> io::Result<Content> {
        let mut receiver = DataReceiver::new();
        // The CR LF behind `DATA` counts for a dot that follows at once; it is no part of the letter.
        let mut kept = Vec::new();
        receiver.ingest(&mut b"\r\n".iter(), &mut kept);
        kept.clear();
        let mut over: Option<DummyDataReceiver> = None;
        loop {
            let came = self.lines.more(&mut self.stream, self.door.bounds.patience).await?;
            if came.is_empty() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let (before, mut bytes) = (came.len(), came.iter());
            let ended = match &mut over {
                Some(over) => over.ingest(&mut bytes),
                None => receiver.ingest(&mut bytes, &mut kept),
            };
            let used = before - bytes.len();
            self.lines.used(used);
            if ended {
                return Ok(match over {
                    Some(_) => Content::TooLarge,
                    None if kept.len() > self.door.bounds.letter => Content::TooLarge,
                    None => Content::Kept(kept),
                });
            }
            // Two bytes are the start of an end that may be there already.
            if over.is_none() && kept.len() > self.door.bounds.letter + 2 {
                over = Some(DummyDataReceiver::new_data(&receiver));
                kept = Vec::new();
            }
        }
    }

    /// One piece of a letter. It is read off the line whatever is wrong with it, for the next command comes behind it.
    async fn chunk(&mut self, size: usize, last: bool) -> io::Result<Next> {
        let bound = self.door.bounds.letter;
        let wanted = self.envelope.as_ref().is_some_and(|envelope| envelope.recipients() > 0);
        let mut content = self.chunks.take().unwrap_or_else(|| Content::Kept(Vec::new()));
        if let Content::Kept(bytes) = &content
            && (!wanted || bytes.len().saturating_add(size) > bound)
        {
            content = Content::TooLarge;
        }
        let mut receiver = BdatReceiver::new(size, last);
        let mut skipper = DummyDataReceiver::new_bdat(size);
        let mut ended = size == 0;
        while !ended {
            let came = self.lines.more(&mut self.stream, self.door.bounds.patience).await?;
            if came.is_empty() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let (before, mut bytes) = (came.len(), came.iter());
            ended = match &mut content {
                Content::Kept(kept) => receiver.ingest(&mut bytes, kept),
                Content::TooLarge => skipper.ingest(&mut bytes),
            };
            let used = before - bytes.len();
            self.lines.used(used);
        }
        if !wanted {
            self.fault("503 5.5.1 No recipient was accepted");
        } else if last {
            self.file(content).await;
        } else {
            self.chunks = Some(content);
            self.answer("250 2.0.0 Go on");
        }
        Ok(Next::Go)
    }

    /// Hands the letter on, and answers once for each recipient. This is the moment for which all else is done: `250` is not
    /// said before the letter lies safe.
    async fn file(&mut self, content: Content) {
        self.chunks = None;
        let Some(envelope) = self.envelope.take() else { return };
        let recipients = envelope.recipients();
        let reply = match content {
            Content::TooLarge => "552 5.3.4 The letter is too large",
            Content::Kept(bytes) => {
                match timeout(self.door.bounds.filing, self.intake.take(envelope.seal(bytes))).await {
                    Ok(Ok(_taken)) => "250 2.0.0 Filed",
                    Ok(Err(NotTaken::TooLarge)) => "552 5.3.4 The letter is too large",
                    Ok(Err(NotTaken::Refused)) => "554 5.7.1 The letter is refused",
                    Ok(Err(NotTaken::Later)) | Err(_) => "451 4.3.0 Cannot file it now, come again",
                }
            }
        };
        for _ in 0..recipients {
            self.answer(reply);
        }
    }

    fn forget(&mut self) {
        self.envelope = None;
        self.chunks = None;
    }

    fn fault(&mut self, reply: &'static str) {
        self.faults += 1;
        self.answer(reply);
    }

    fn answer(&mut self, reply: impl Into<Reply>) {
        self.answers.extend_from_slice(reply.into().as_bytes());
        self.answers.extend_from_slice(b"\r\n");
    }

    async fn send(&mut self) -> io::Result<()> {
        let answers = std::mem::take(&mut self.answers);
        timeout(self.door.bounds.patience, async {
            self.stream.write_all(&answers).await?;
            self.stream.flush().await
        })
        .await
        .map_err(|_late| io::Error::from(io::ErrorKind::TimedOut))?
    }
}
