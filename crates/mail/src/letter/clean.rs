//! What is left of a text without what hides or reverses it?

use super::bounds;

/// Characters that show nothing and change how a text is read: marks of writing direction, joiners, soft hyphens, tags.
pub fn is_invisible(ch: char) -> bool {
    matches!(
        ch,
        '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// One line: breaks and control characters become spaces, what is invisible goes, and so do spaces that follow each other.
pub fn line(text: &str) -> String {
    let mut clean = String::with_capacity(text.len().min(bounds::MAX_LINE));
    let mut length = 0;
    for ch in text.chars().filter(|ch| !is_invisible(*ch)) {
        let ch = if ch.is_control() || ch.is_whitespace() { ' ' } else { ch };
        if ch == ' ' && (clean.is_empty() || clean.ends_with(' ')) {
            continue;
        }
        if length == bounds::MAX_LINE {
            break;
        }
        clean.push(ch);
        length += 1;
    }
    clean.truncate(clean.trim_end().len());
    clean
}

/// A text of several lines: the breaks stay, of one sort, and other control characters become spaces.
pub fn lines(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut characters = text.chars().filter(|ch| !is_invisible(*ch)).peekable();
    while let Some(ch) = characters.next() {
        match ch {
            '\r' => {
                if characters.peek() != Some(&'\n') {
                    clean.push('\n');
                }
            }
            '\n' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            _ if ch.is_control() || ch.is_whitespace() => clean.push(' '),
            _ => clean.push(ch),
        }
    }
    clean
}

/// The longest beginning of at most so many bytes.
pub fn head(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_cannot_break_out_of_itself() {
        assert_eq!(line("  Отзыв\r\nBcc: a@b.example \u{202e}txt"), "Отзыв Bcc: a@b.example txt");
        assert_eq!(line("у\u{200b}да\u{00ad}лить\0"), "удалить");
        assert_eq!(line(&"я".repeat(5000)).chars().count(), bounds::MAX_LINE);
    }

    #[test]
    fn breaks_of_every_sort_become_one() {
        assert_eq!(lines("a\r\nb\rc\nd\u{2028}e\tf"), "a\nb\nc\nd\ne f");
    }

    #[test]
    fn a_head_ends_between_characters() {
        assert_eq!(head("яблоко", 3), "я");
        assert_eq!(head("ab", 9), "ab");
    }
}
