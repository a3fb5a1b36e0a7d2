//! How often does a server wait for its database?
//!
//! A relay stands between them. It holds back what the database answers until everything that was sent to it is answered, and only
//! then lets go of it: nobody on this side can have seen an answer before they sent the rest. So each time it lets go is one round
//! trip, however fast the two machines are.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The round trips over all connections since the relay stands.
#[derive(Clone, Default)]
pub struct Trips(Arc<AtomicU64>);

impl Trips {
    /// How many there were.
    pub fn count(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// Stands a relay before the database; gives its port. It ends with the test.
pub(crate) fn relay(database: SocketAddr) -> (u16, Trips) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let trips = Trips::default();
    let counted = trips.clone();
    std::thread::spawn(move || {
        for client in listener.incoming() {
            let Ok(client) = client else { return };
            let server = TcpStream::connect(database).unwrap();
            connect(client, server, counted.clone());
        }
    });
    (port, trips)
}

fn connect(client: TcpStream, server: TcpStream, trips: Trips) {
    client.set_nodelay(true).unwrap();
    server.set_nodelay(true).unwrap();
    // The first message has no letter and is answered like a question.
    let asked = Arc::new(AtomicU64::new(1));
    let (from_client, to_server) = (client.try_clone().unwrap(), server.try_clone().unwrap());
    let asking = Arc::clone(&asked);
    std::thread::spawn(move || up(from_client, to_server, &asking));
    std::thread::spawn(move || down(server, client, &asked, &trips));
}

/// Counts what asks for an answer, and passes it on.
fn up(mut client: TcpStream, mut server: TcpStream, asked: &AtomicU64) {
    let mut messages = Messages { letterless: true, ..Messages::default() };
    let mut chunk = [0_u8; 65_536];
    while let Ok(length @ 1..) = client.read(&mut chunk) {
        let questions = messages.count(&chunk[..length], b"SQ");
        asked.fetch_add(questions, Ordering::SeqCst);
        if server.write_all(&chunk[..length]).is_err() {
            break;
        }
    }
    server.shutdown(std::net::Shutdown::Both).ok();
}

/// Holds answers back until there is one to everything.
fn down(mut server: TcpStream, mut client: TcpStream, asked: &AtomicU64, trips: &Trips) {
    let mut messages = Messages::default();
    let mut chunk = [0_u8; 65_536];
    let (mut held, mut answered, mut counted) = (Vec::new(), 0, 0);
    while let Ok(length @ 1..) = server.read(&mut chunk) {
        held.extend_from_slice(&chunk[..length]);
        answered += messages.count(&chunk[..length], b"Z");
        // Before the first answer the two are still introducing themselves.
        let complete = messages.is_between() && answered == asked.load(Ordering::SeqCst);
        if complete && answered > counted {
            counted = answered;
            trips.0.fetch_add(1, Ordering::SeqCst);
        }
        if (complete || answered == 0) && client.write_all(&std::mem::take(&mut held)).is_err() {
            break;
        }
    }
    client.write_all(&held).ok();
    client.shutdown(std::net::Shutdown::Both).ok();
}

/// Cuts a stream into messages: a letter, and the length of what follows with itself.
#[derive(Default)]
struct Messages {
    letterless: bool,
    head: Vec<u8>,
    left: usize,
}

impl Messages {
    /// How many messages with one of these letters begin in the chunk.
    fn count(&mut self, mut chunk: &[u8], letters: &[u8]) -> u64 {
        let mut count = 0;
        while !chunk.is_empty() {
            if self.left > 0 {
                let taken = self.left.min(chunk.len());
                self.left -= taken;
                chunk = &chunk[taken..];
                continue;
            }
            self.head.push(chunk[0]);
            chunk = &chunk[1..];
            let letter = usize::from(!self.letterless);
            if self.head.len() < letter + 4 {
                continue;
            }
            let length = u32::from_be_bytes(self.head[letter..].try_into().unwrap());
            self.left = usize::try_from(length).unwrap() - 4;
            count += u64::from(letter == 1 && letters.contains(&self.head[0]));
            self.letterless = false;
            self.head.clear();
        }
        count
    }

    fn is_between(&self) -> bool {
        self.left == 0 && self.head.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_found_however_the_stream_is_cut() {
        let stream = [&[0, 0, 0, 6, 9, 9][..], b"P\0\0\0\x07abc", b"S\0\0\0\x04", b"Q\0\0\0\x05S"].concat();
        for cut in 1..=stream.len() {
            let mut messages = Messages { letterless: true, ..Messages::default() };
            let found: u64 = stream.chunks(cut).map(|chunk| messages.count(chunk, b"SQ")).sum();
            assert_eq!((found, messages.is_between()), (2, true), "cut every {cut}");
        }
    }
}
