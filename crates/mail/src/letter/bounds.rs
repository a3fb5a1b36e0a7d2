//! How much of a letter is read, at most?
//!
//! Strangers write letters. Each bound is far above what people send and far below what would hurt; what is over one is a
//! fault that staff see, and nothing is half read.

/// Bytes of a whole letter. Mail servers commonly refuse above 25 MiB, which leaves 18 MiB of attachments.
pub const MAX_LETTER: usize = 25 * 1024 * 1024;
/// Bytes of all parts after decoding. Decoding only shrinks, except that letters within letters are counted once more for each
/// time they are packed.
pub const MAX_DECODED: usize = 48 * 1024 * 1024;
/// How deep parts lie in one another. Five is much for a forwarded letter with a signature.
pub const MAX_NESTING: usize = 20;
/// How often a letter may lie in a letter as encoded text, which must be decoded whole before it can be walked.
pub const MAX_PACKED: usize = 2;
/// Parts altogether. A letter with a hundred photographs is still read.
pub const MAX_PARTS: usize = 256;
/// Fields of one header. Long ways through lists and filters leave about a hundred.
pub const MAX_FIELDS: usize = 500;
/// Bytes of one field. Signatures and long lists of recipients stay below.
pub const MAX_FIELD: usize = 64 * 1024;
/// Bytes of one header.
pub const MAX_HEADER_BLOCK: usize = 512 * 1024;
/// Bytes of text that are looked at for words. A long contract pasted into a letter has a tenth of it.
pub const MAX_TEXT: usize = 256 * 1024;
/// Bytes of HTML from which text is made: markup is many times longer than what it says.
pub const MAX_HTML: usize = 4 * 1024 * 1024;
/// Characters of a subject, a name or a file name that are kept.
pub const MAX_LINE: usize = 1000;
/// Addresses taken from one field.
pub const MAX_ADDRESSES: usize = 200;
/// Ids taken from one field. Conversations of more letters keep their ends.
pub const MAX_IDS: usize = 100;
