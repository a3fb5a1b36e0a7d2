//! Do the commands for e-mail do what they promise, and is a letter safe where the disk is full?

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use saqta_postroom::lmtp::Hand;
use saqta_postroom::names::NameServer;
use serde_json::Value;

use crate::support::{Server, answer, example, installed, run, saqta, status, stderr, stdout, text};

/// A letter with an attachment of that many bytes.
fn letter(number: usize, bytes: usize) -> String {
    let line = format!("{}\r\n", "QUJD".repeat(18));
    format!(
        "From: a{number}@mail.example\r\nTo: privacy@shop.example\r\nMessage-ID: <{number}@mail.example>\r\nSubject: Question {number}\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHow long do you keep receipts?\r\n\
         --b\r\nContent-Type: application/pdf; name=scan.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n{}--b--\r\n",
        line.repeat(bytes / line.len())
    )
}

/// Settings of a door for letters, and its port.
fn door(folder: &Path, names: &NameServer) -> (PathBuf, u16) {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let file = folder.join("mail.toml");
    let settings = format!(
        "[lmtp]\nlisten = \"127.0.0.1:{port}\"\n[senders]\nname_servers = [\"{}\"]\n",
        names.address()
    );
    fs::write(&file, settings).unwrap();
    (file, port)
}

/// A full disk: no file of the server may grow past a bound, as under a quota. Each letter is either taken, and there afterwards, or
/// refused for now, and taken when there is room again.
#[test]
fn on_a_full_disk_a_letter_is_either_taken_or_kept_by_whoever_brought_it() {
    let folder = tempfile::tempdir().unwrap();
    let data = installed(folder.path());
    let names = NameServer::start(&[]);
    let (settings, port) = door(folder.path(), &names);
    let log = folder.path().join("log");
    let mut full = Command::new("sh");
    full.args(["-c", "trap '' XFSZ; ulimit -f 16000; exec \"$@\"", "sh"]);
    full.arg(env!("CARGO_BIN_EXE_saqta"));
    full.args([
        "--json",
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--data",
        text(&data),
        "--mail",
        text(&settings),
    ]);
    full.stdin(Stdio::null()).stderr(File::create(&log).unwrap());
    let server = Server::speaking(&mut full);

    let mut hand = Hand::to(port);
    let mut taken = Vec::new();
    let letters: Vec<String> = (1..=24).map(|number| letter(number, 1_000_000)).collect();
    for (place, letter) in letters.iter().enumerate() {
        let said = hand.deliver("a@mail.example", &["privacy@shop.example"], letter.as_bytes());
        match said[0].get(..3).unwrap() {
            "250" => taken.push(place),
            "451" | "452" => {}
            _ => panic!("a mail server would send it back: {said:?}"),
        }
    }
    assert!(!taken.is_empty() && taken.len() < letters.len(), "some fit and some do not: {taken:?}");
    let told = fs::read_to_string(&log).unwrap();
    assert!(told.contains("cannot be filed now"), "the operator is told: {told}");
    assert!(!told.contains("mail.example") && !told.contains("Question"), "and nothing of a letter");
    // As with a cut of power.
    drop(server);

    let files: Vec<PathBuf> =
        (0..letters.len()).map(|place| folder.path().join(format!("{place}.eml"))).collect();
    files.iter().zip(&letters).for_each(|(file, letter)| fs::write(file, letter).unwrap());
    let mut take = saqta(&["mail", "take", "--json", "--data", text(&data)]);
    let told = take.args(&files).output().unwrap();
    assert_eq!(status(&told), 0, "{}", stderr(&told));
    let told = answer(&told);
    let numbers: Vec<u64> =
        told.as_array().unwrap().iter().map(|one| one["requests"][0].as_u64().unwrap()).collect();
    let mut sorted = numbers.clone();
    sorted.sort_unstable();
    let all: Vec<u64> = (1..=24).collect();
    assert_eq!(sorted, all, "nothing is lost, and nothing is there twice");
    let mut before: Vec<u64> = taken.iter().map(|place| numbers[*place]).collect();
    before.sort_unstable();
    assert_eq!(before, all[..taken.len()], "what was taken had been filed then");
}

#[test]
fn a_letter_is_explained_without_an_installation() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("letter.eml");
    let letter = "From: Aigerim <a@gmai1.com>\r\nSubject: please\r\n\r\nPlease delete all my data. My number is +7 700 000 55 66.\r\n";
    fs::write(&file, letter).unwrap();
    let explained = |more: &[&str]| run(&[&["mail", "explain", "--offline", text(&file)], more].concat());
    let told = explained(&["--json", "--policy", text(&example())]);
    let told = answer(&told);
    assert_eq!(told["kinds"], serde_json::json!(["destruction"]));
    assert_eq!(
        (&told["language"], &told["extract"]["phone"]),
        (&Value::from("en"), &Value::from("+77000005566"))
    );
    assert_eq!(told["trust"]["looks_like"]["domain"], "gmail.com");
    let told = stdout(&explained(&[]));
    for words in [
        "asks for  destruction",
        "language  en",
        "names     phone +77000005566",
        "its domain looks like gmail.com, and is another",
        "because   A demand stands in the writer’s own words: destruction.",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    let missing = run(&["mail", "explain", "nowhere.eml"]);
    assert_eq!(status(&missing), 3);
    assert!(stderr(&missing).contains("nowhere.eml"));
}

#[test]
fn a_key_that_signs_letters_is_made_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("dkim.key");
    let make = |more: &[&str]| run(&[&["mail", "dkim", "shop.example", "--key", text(&file)], more].concat());
    let told = stdout(&make(&[]));
    assert!(told.contains("saqta._domainkey.shop.example.  TXT  \"v=DKIM1; k=rsa; p="), "{told}");
    let key = fs::read(&file).unwrap();
    let again = answer(&make(&["--json"]));
    assert_eq!(again["made"], false);
    assert_eq!(again["name"], "saqta._domainkey.shop.example");
    assert_eq!(fs::read(&file).unwrap(), key, "a key is never overwritten");
    let refused = run(&["mail", "dkim", "магазин", "--key", text(&file)]);
    assert_eq!(status(&refused), 3);
    assert!(stderr(&refused).contains("cannot be a domain"), "{}", stderr(&refused));
}
