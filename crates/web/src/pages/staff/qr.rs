//! How does a text become a picture that a phone can read, without a picture file?

use qrcode::{Color, EcLevel, QrCode};

/// The quiet edge around the squares, which readers need.
const EDGE: usize = 4;

/// The picture: how many squares wide it is, and the path of the dark ones.
pub(super) struct Picture {
    pub size: usize,
    pub path: String,
}

/// Draws a text; nothing when it is too long.
pub(super) fn picture(text: &str) -> Option<Picture> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (place, colour) in code.to_colors().into_iter().enumerate() {
        if colour == Color::Dark {
            let (x, y) = (place % width + EDGE, place / width + EDGE);
            path.push_str(&format!("M{x} {y}h1v1h-1z"));
        }
    }
    Some(Picture { size: width + 2 * EDGE, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_corners_are_drawn_inside_a_quiet_edge() {
        let picture = picture("otpauth://totp/shop:staff?secret=GEZDGNBVGY3TQOJQ").unwrap();
        let far = picture.size - EDGE - 1;
        for (x, y) in [(EDGE, EDGE), (far, EDGE), (EDGE, far)] {
            assert!(picture.path.contains(&format!("M{x} {y}h1v1h-1z")), "{x} {y}");
        }
        assert!(!picture.path.contains("M3 ") && !picture.path.contains(&format!("M{} ", far + 1)));
        assert!(super::picture(&"x".repeat(5000)).is_none());
    }
}
