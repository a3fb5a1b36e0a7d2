//! What does a mail server say when it hands a letter over?

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};

/// A conversation with a server, word by word.
pub struct Talk<S> {
    stream: BufReader<S>,
}

impl Talk<TcpStream> {
    /// Connects to a port of this machine and hears the greeting.
    ///
    /// # Panics
    /// Panics if nobody answers.
    pub fn to(port: u16) -> Self {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("somebody listens");
        stream.set_nodelay(true).expect("a connection can be told not to wait");
        Self::over(stream).0
    }
}

impl<S: Read + Write> Talk<S> {
    /// Takes a connection and hears the greeting.
    pub fn over(stream: S) -> (Self, String) {
        let mut talk = Self { stream: BufReader::new(stream) };
        let greeting = talk.hear();
        (talk, greeting)
    }

    /// Sends bytes as they are.
    ///
    /// # Panics
    /// Panics if the connection broke.
    pub fn send(&mut self, bytes: &[u8]) {
        self.stream.get_mut().write_all(bytes).expect("the server hears");
    }

    /// One answer, without its line ends; empty where the server has closed.
    pub fn hear(&mut self) -> String {
        let mut answer = String::new();
        loop {
            let mut line = String::new();
            // A connection that was cut ends like one that was closed.
            let _broken = self.stream.read_line(&mut line);
            answer.push_str(line.trim_end());
            if line.as_bytes().get(3) != Some(&b'-') {
                return answer;
            }
            answer.push(' ');
        }
    }

    /// Sends a line and hears the answer.
    pub fn say(&mut self, line: &str) -> String {
        self.send(format!("{line}\r\n").as_bytes());
        self.hear()
    }
}

/// A mail server that hands letters over by LMTP, all on one connection.
pub struct Hand(Talk<TcpStream>);

impl Hand {
    /// Connects and greets.
    pub fn to(port: u16) -> Self {
        let mut talk = Talk::to(port);
        talk.say("LHLO mx.people.example");
        Self(talk)
    }

    /// Hands a letter over, and gives the answer for each recipient that was accepted.
    pub fn deliver(&mut self, from: &str, recipients: &[&str], letter: &[u8]) -> Vec<String> {
        let Self(talk) = self;
        talk.say(&format!("MAIL FROM:<{from}>"));
        let accepted =
            recipients.iter().filter(|to| talk.say(&format!("RCPT TO:<{to}>")).starts_with("250")).count();
        talk.say("DATA");
        talk.send(&stuffed(letter));
        talk.send(b".\r\n");
        (0..accepted).map(|_| talk.hear()).collect()
    }
}

/// A line that begins with a dot gets another, and the last line its end.
fn stuffed(letter: &[u8]) -> Vec<u8> {
    let mut stuffed = Vec::with_capacity(letter.len());
    for line in letter.split_inclusive(|byte| *byte == b'\n') {
        if line.first() == Some(&b'.') {
            stuffed.push(b'.');
        }
        stuffed.extend_from_slice(line);
    }
    if !stuffed.ends_with(b"\r\n") {
        stuffed.extend_from_slice(b"\r\n");
    }
    stuffed
}
