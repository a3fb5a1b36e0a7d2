//! Where in a Rust file is code, and where are comments and literals?
//!
//! Checks that look for words need both views: code without what is only quoted or remarked, and the literals alone.
//! This is no parser: it knows how literals and comments begin and end, and nothing else.

/// A Rust file taken apart.
pub struct RustText {
    /// The file with comments and the inside of literals blanked; lines keep their places.
    pub code: String,
    /// The string literals in their order.
    pub literals: Vec<Literal>,
}

/// One string literal.
pub struct Literal {
    /// The line on which it begins.
    pub line: usize,
    /// What stands between its quotes, escapes unresolved.
    pub text: String,
    /// The last characters of code before it, without spaces.
    pub before: String,
}

const TAIL: usize = 60;

impl RustText {
    pub fn read(source: &str) -> Self {
        let mut scan =
            Scan { rest: source.chars().collect(), code: String::new(), literals: Vec::new(), line: 1 };
        scan.rest.reverse();
        while scan.step() {}
        Self { code: scan.code, literals: scan.literals }
    }

    /// The line from which on the file holds tests only: the house keeps them last, in one module.
    pub fn tests_from(&self) -> Option<usize> {
        let mut marked = None;
        for (number, line) in super::numbered(&self.code) {
            let line = line.trim();
            if line.starts_with("#[cfg(test)]") {
                marked = Some(number);
            } else if marked.is_some() && (line.starts_with("mod ") || line.starts_with("pub mod ")) {
                return marked;
            } else if !line.starts_with("#[") && !line.is_empty() {
                marked = None;
            }
        }
        None
    }
}

/// The characters still to read, last one first, so that taking one is a pop.
struct Scan {
    rest: Vec<char>,
    code: String,
    literals: Vec<Literal>,
    line: usize,
}

impl Scan {
    fn step(&mut self) -> bool {
        let Some(next) = self.peek(0) else { return false };
        match next {
            '/' if self.peek(1) == Some('/') => self.line_comment(),
            '/' if self.peek(1) == Some('*') => self.block_comment(),
            '"' => self.string(),
            '\'' => self.quote(),
            letter if letter.is_alphanumeric() || letter == '_' => self.word(),
            _ => self.keep(),
        }
        true
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.rest.iter().nth_back(ahead).copied()
    }

    fn take(&mut self) -> Option<char> {
        let taken = self.rest.pop()?;
        if taken == '\n' {
            self.line += 1;
        }
        Some(taken)
    }

    fn keep(&mut self) {
        if let Some(taken) = self.take() {
            self.code.push(taken);
        }
    }

    fn blank(&mut self) -> Option<char> {
        let taken = self.take()?;
        self.code.push(if taken == '\n' { '\n' } else { ' ' });
        Some(taken)
    }

    fn line_comment(&mut self) {
        while self.peek(0).is_some_and(|next| next != '\n') {
            self.blank();
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0_u32;
        loop {
            let pair = (self.peek(0), self.peek(1));
            match pair {
                (Some('/'), Some('*')) => depth += 1,
                (Some('*'), Some('/')) => depth = depth.saturating_sub(1),
                (None, _) => return,
                _ => {
                    self.blank();
                    continue;
                }
            }
            self.blank();
            self.blank();
            if depth == 0 {
                return;
            }
        }
    }

    /// A word may be the prefix of a raw literal; `b` and `c` need no care, because a plain literal follows them.
    fn word(&mut self) {
        let mut word = String::new();
        while let Some(next) = self.peek(0).filter(|next| next.is_alphanumeric() || *next == '_') {
            word.push(next);
            self.keep();
        }
        if !matches!(word.as_str(), "r" | "br" | "cr") {
            return;
        }
        let hashes = self.rest.iter().rev().take_while(|next| **next == '#').count();
        if self.peek(hashes) == Some('"') {
            self.raw_string(hashes);
        }
    }

    fn begin(&self) -> Literal {
        let mut before: Vec<char> =
            self.code.chars().rev().filter(|c| !c.is_whitespace()).take(TAIL).collect();
        before.reverse();
        Literal { line: self.line, text: String::new(), before: before.into_iter().collect() }
    }

    fn string(&mut self) {
        let mut literal = self.begin();
        self.keep();
        while let Some(next) = self.peek(0).filter(|next| *next != '"') {
            literal.text.extend(self.blank());
            if next == '\\' {
                literal.text.extend(self.blank());
            }
        }
        self.keep();
        self.literals.push(literal);
    }

    fn raw_string(&mut self, hashes: usize) {
        let mut literal = self.begin();
        for _ in 0..=hashes {
            self.keep();
        }
        while self.peek(0).is_some() {
            let closes = self.peek(0) == Some('"') && (1..=hashes).all(|ahead| self.peek(ahead) == Some('#'));
            if closes {
                break;
            }
            literal.text.extend(self.blank());
        }
        for _ in 0..=hashes {
            self.keep();
        }
        self.literals.push(literal);
    }

    /// A character literal or a lifetime: only the first has a second quote right behind its one character.
    fn quote(&mut self) {
        let escaped = self.peek(1) == Some('\\');
        if !escaped && self.peek(2) != Some('\'') {
            return self.keep();
        }
        self.keep();
        if escaped {
            self.blank();
        }
        self.blank();
        while self.peek(0).is_some_and(|next| next != '\'') {
            self.blank();
        }
        self.keep();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        RustText::read(source).literals.into_iter().map(|literal| literal.text).collect()
    }

    #[test]
    fn comments_and_quoted_words_leave_the_code_and_lines_keep_their_places() {
        let read = RustText::read("a(); // sleep(1)\n/* b /* c */ d */ e();\nf(\"sleep(\");\n");
        assert_eq!(read.code.lines().count(), 3);
        assert!(!read.code.contains("sleep"));
        assert!(!read.code.contains('d'));
        assert!(read.code.contains("a();") && read.code.contains("e();") && read.code.contains("f("));
    }

    #[test]
    fn literals_of_every_kind_are_read() {
        assert_eq!(texts(r#"x("a\"b", b"c", c"d")"#), [r#"a\"b"#, "c", "d"]);
        assert_eq!(texts("x(r#\"a\"b\"#, br\"c\\\", r\"\")"), ["a\"b", "c\\", ""]);
        assert_eq!(texts("let r#type = 'x'; let y = '\"'; let z = '\\''; z(\"q\")"), ["q"]);
    }

    #[test]
    fn a_lifetime_opens_no_literal() {
        assert_eq!(texts("fn f<'a>(x: &'a str) -> &'static str { \"y\" }"), ["y"]);
    }

    #[test]
    fn a_literal_knows_its_line_and_the_code_before_it() {
        let read = RustText::read("one();\ndb.query(&format!(\n    \"select 1\"))");
        let literal = read.literals.first().unwrap();
        assert_eq!(literal.line, 3);
        assert!(literal.before.ends_with("db.query(&format!("));
    }

    #[test]
    fn tests_begin_at_the_marked_module_and_not_at_a_marked_function() {
        let source = "#[cfg(test)]\nfn of() {}\n\n#[cfg(test)]\nmod tests {}\n";
        assert_eq!(RustText::read(source).tests_from(), Some(4));
        assert_eq!(RustText::read("fn of() {}\n").tests_from(), None);
    }

    #[test]
    fn a_file_that_ends_inside_a_literal_or_comment_ends_the_reading() {
        for source in ["\"abc", "r#\"abc\"", "/* abc", "'\\", "\"\\"] {
            RustText::read(source);
        }
    }
}
