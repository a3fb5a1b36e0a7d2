//! What is attached, and may it be taken in?
//!
//! Nothing is ever opened. What could run, or could hide something that runs, is told apart by its name and by its first bytes,
//! so that a program called `scan.pdf` is not taken in either.

use zeroize::Zeroizing;

use super::{bounds, clean};

/// A file that came with a letter.
pub struct Attachment {
    /// A name that is safe to show and to save under: no path, no control characters, no reversed writing.
    pub name: String,
    /// The type that the letter says it has, in lower case.
    pub declared: String,
    /// What is in it, as bytes to be sealed away.
    pub content: Zeroizing<Vec<u8>>,
    /// Why it is not taken in, if it is not.
    pub barred: Option<Barred>,
}

/// Why a file is not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Barred {
    /// Its name is that of something that runs.
    RunsByName,
    /// Its first bytes are those of something that runs.
    RunsByContent,
    /// It is none of the types that people send proofs in.
    NotAccepted,
}

impl Barred {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RunsByName => "runs_by_name",
            Self::RunsByContent => "runs_by_content",
            Self::NotAccepted => "not_accepted",
        }
    }
}

/// Endings of what a computer would run, or opens with programs inside.
const RUNNING: &[&str] = &[
    "exe",
    "com",
    "scr",
    "pif",
    "bat",
    "cmd",
    "msi",
    "msp",
    "mst",
    "cpl",
    "dll",
    "sys",
    "drv",
    "ocx",
    "hta",
    "js",
    "jse",
    "vb",
    "vbs",
    "vbe",
    "ws",
    "wsf",
    "wsc",
    "wsh",
    "ps1",
    "psm1",
    "psd1",
    "ps1xml",
    "lnk",
    "url",
    "reg",
    "inf",
    "jar",
    "jnlp",
    "class",
    "sh",
    "bash",
    "csh",
    "ksh",
    "zsh",
    "run",
    "bin",
    "elf",
    "deb",
    "rpm",
    "apk",
    "app",
    "dmg",
    "pkg",
    "command",
    "scpt",
    "py",
    "pyc",
    "pyw",
    "pl",
    "php",
    "rb",
    "chm",
    "hlp",
    "iso",
    "img",
    "vhd",
    "vhdx",
    "xll",
    "xlam",
    "docm",
    "dotm",
    "xlsm",
    "xltm",
    "pptm",
    "potm",
    "ppam",
    "gadget",
    "application",
    "appref-ms",
    "msc",
    "scf",
    "ade",
    "adp",
    "mde",
    "one",
    "svg",
    "html",
    "htm",
    "xhtml",
    "mht",
    "mhtml",
    "shtml",
    "xml",
    "xsl",
    "swf",
    "theme",
    "library-ms",
    "search-ms",
    "website",
    "desktop",
];

/// Endings of what people send to show something.
const ACCEPTED: &[&str] = &[
    "pdf", "jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "heic", "heif", "webp", "txt", "rtf", "doc",
    "docx", "odt", "xls", "xlsx", "ods", "csv", "p7s", "p7m", "sig", "cms", "asc", "eml", "ddoc", "asice",
    "ics", "vcf",
];

impl Attachment {
    /// Describes a file by the name and type it came with.
    pub(super) fn new(name: Option<&str>, declared: &str, content: Zeroizing<Vec<u8>>) -> Self {
        let name = safe_name(name.unwrap_or_default(), declared);
        let barred = barred(&name, &content);
        Self { name, declared: declared.to_owned(), content, barred }
    }

    /// Bytes of it.
    pub fn size(&self) -> usize {
        self.content.len()
    }
}

fn barred(name: &str, content: &[u8]) -> Option<Barred> {
    let name = name.to_lowercase();
    // Every ending counts: `scan.pdf.exe` and `scan.exe.pdf` are both tricks.
    let mut endings = name.split('.').skip(1).map(|ending| ending.trim());
    if endings.any(|ending| RUNNING.contains(&ending)) {
        return Some(Barred::RunsByName);
    }
    if runs(content) {
        return Some(Barred::RunsByContent);
    }
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    (!ACCEPTED.contains(&ending)).then_some(Barred::NotAccepted)
}

/// First bytes of programs for all common systems, of scripts, of links and of disk images.
fn runs(content: &[u8]) -> bool {
    const MAGIC: &[&[u8]] = &[
        b"MZ",
        b"\x7fELF",
        b"\xfe\xed\xfa\xce",
        b"\xfe\xed\xfa\xcf",
        b"\xce\xfa\xed\xfe",
        b"\xcf\xfa\xed\xfe",
        b"\xca\xfe\xba\xbe",
        b"#!",
        b"L\x00\x00\x00\x01\x14\x02\x00",
        b"dex\n",
        b"\0asm",
        b"ITSF",
        b"!<arch>",
        b"\xed\xab\xee\xdb",
    ];
    let start = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content).trim_ascii_start();
    let head = start.get(..256).unwrap_or(start).to_ascii_lowercase();
    let scripts: [&[u8]; 4] = [b"<script", b"<hta:", b"<?php", b"@echo off"];
    MAGIC.iter().any(|magic| content.starts_with(magic) || start.starts_with(magic))
        || scripts.iter().any(|script| head.starts_with(script))
}

/// The last step of a path, without what a file system or a page would take amiss, and never empty.
fn safe_name(name: &str, declared: &str) -> String {
    let name = clean::line(name);
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let safe: String = last
        .chars()
        .map(|ch| if matches!(ch, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\0') { '_' } else { ch })
        .collect();
    let safe = safe.trim().trim_matches('.').trim();
    if !safe.is_empty() {
        return shortened(safe);
    }
    let ending = match declared {
        "application/pdf" => "pdf",
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "text/plain" => "txt",
        _ => return "attachment".to_owned(),
    };
    format!("attachment.{ending}")
}

/// At most 120 characters and the bounds of a file system, with the ending kept.
fn shortened(name: &str) -> String {
    const LONGEST: usize = 200;
    if name.len() <= LONGEST.min(bounds::MAX_LINE) {
        return name.to_owned();
    }
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let ending = if ending.len() <= 10 { ending } else { "" };
    let stem = clean::head(name, LONGEST - ending.len() - 1).trim_end();
    if ending.is_empty() { stem.to_owned() } else { format!("{stem}.{ending}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attachment(name: &str, content: &[u8]) -> Attachment {
        Attachment::new(Some(name), "application/octet-stream", Zeroizing::new(content.to_vec()))
    }

    #[test]
    fn a_name_is_safe_to_show_and_to_save_under() {
        assert_eq!(attachment("../../etc/passwd.pdf", b"%PDF").name, "passwd.pdf");
        assert_eq!(attachment("C:\\Users\\a\\Акт <1>.pdf\r\n", b"").name, "Акт _1_.pdf");
        assert_eq!(attachment("отчет\u{202e}fdp.exe", b"").name, "отчетfdp.exe");
        assert_eq!(attachment("...", b"").name, "attachment");
        let long = attachment(&format!("{}.pdf", "я".repeat(900)), b"").name;
        assert!(long.len() <= 200 && long.ends_with(".pdf"));
    }

    #[test]
    fn what_runs_is_barred_by_name_and_by_content() {
        for name in ["a.exe", "a.pdf.exe", "a.exe.pdf", "A.JS", "doc.docm", "page.html"] {
            assert_eq!(attachment(name, b"x").barred, Some(Barred::RunsByName), "{name}");
        }
        for content in [&b"MZ\x90\0"[..], b"\x7fELF\x02", b"#!/bin/sh", b"\xef\xbb\xbf <script>"] {
            assert_eq!(attachment("scan.pdf", content).barred, Some(Barred::RunsByContent));
        }
        assert_eq!(attachment("scan.pdf", b"%PDF-1.7").barred, None);
        assert_eq!(attachment("all.zip", b"PK").barred, Some(Barred::NotAccepted));
    }
}
