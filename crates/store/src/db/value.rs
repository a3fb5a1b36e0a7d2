//! What goes into a statement and what comes out of it?

use std::borrow::Cow;
use std::fmt;

use crate::error::Error;

/// A parameter or a column: the three types that mean the same on both databases, and nothing.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    /// An integer; times are microseconds UTC, booleans 0 and 1.
    Int(i64),
    /// A text.
    Text(String),
    /// Bytes: ids, digests, sealed values.
    Bytes(Vec<u8>),
    /// Nothing.
    Null,
    /// The index that the deed's first leaf gets; known only to the writer.
    LeafIndex,
    /// The index of the deed's leaf number n, counted from zero.
    LeafIndexPlus(u32),
    /// The log that the deed's leaves go to; known only to the writer.
    LogId,
}

/// Shows the kind and the length, never the content.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(_) => f.write_str("Int"),
            Self::Text(text) => write!(f, "Text({} bytes)", text.len()),
            Self::Bytes(bytes) => write!(f, "Bytes({} bytes)", bytes.len()),
            Self::Null => f.write_str("Null"),
            Self::LeafIndex => f.write_str("LeafIndex"),
            Self::LeafIndexPlus(later) => write!(f, "LeafIndexPlus({later})"),
            Self::LogId => f.write_str("LogId"),
        }
    }
}

/// Where the leaves of the deed being executed go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LeafPosition {
    /// The log.
    pub(crate) log_id: i64,
    /// The index of the first leaf.
    pub(crate) first_index: i64,
    /// How many leaves the deed records.
    pub(crate) count: usize,
}

impl Value {
    /// The value to bind once the position of the leaves is known; without leaves their index is an error.
    pub(crate) fn resolve(&self, position: Option<LeafPosition>) -> Result<Cow<'_, Self>, Error> {
        let later = match self {
            Self::LogId => {
                return position.map(|p| Cow::Owned(Self::Int(p.log_id))).ok_or(Error::NoLeaf);
            }
            Self::LeafIndex => 0,
            Self::LeafIndexPlus(later) => *later,
            Self::Int(_) | Self::Text(_) | Self::Bytes(_) | Self::Null => return Ok(Cow::Borrowed(self)),
        };
        let position = position.ok_or(Error::NoLeaf)?;
        if usize::try_from(later).is_ok_and(|later| later < position.count) {
            return Ok(Cow::Owned(Self::Int(position.first_index.saturating_add(i64::from(later)))));
        }
        Err(Error::NoLeaf)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Int(i64::from(value))
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}

impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Self::Bytes(value.to_vec())
    }
}

impl<const N: usize> From<[u8; N]> for Value {
    fn from(value: [u8; N]) -> Self {
        Self::Bytes(value.to_vec())
    }
}

impl<const N: usize> From<&[u8; N]> for Value {
    fn from(value: &[u8; N]) -> Self {
        Self::Bytes(value.to_vec())
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A row of an answer; columns are counted from zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    columns: Vec<Value>,
}

impl Row {
    pub(crate) fn new(columns: Vec<Value>) -> Self {
        Self { columns }
    }

    /// How many columns it has.
    pub(crate) fn width(&self) -> usize {
        self.columns.len()
    }

    /// The integer in a column that is never empty.
    pub fn int(&self, column: usize) -> Result<i64, Error> {
        self.opt_int(column)?.ok_or(Error::Column { column, expected: "an integer" })
    }

    /// The integer in a column that may be empty.
    pub fn opt_int(&self, column: usize) -> Result<Option<i64>, Error> {
        match self.columns.get(column) {
            Some(Value::Int(value)) => Ok(Some(*value)),
            Some(Value::Null) => Ok(None),
            _ => Err(Error::Column { column, expected: "an integer" }),
        }
    }

    /// The text in a column that is never empty.
    pub fn text(&self, column: usize) -> Result<&str, Error> {
        self.opt_text(column)?.ok_or(Error::Column { column, expected: "a text" })
    }

    /// The text in a column that may be empty.
    pub fn opt_text(&self, column: usize) -> Result<Option<&str>, Error> {
        match self.columns.get(column) {
            Some(Value::Text(value)) => Ok(Some(value)),
            Some(Value::Null) => Ok(None),
            _ => Err(Error::Column { column, expected: "a text" }),
        }
    }

    /// The bytes in a column that is never empty.
    pub fn bytes(&self, column: usize) -> Result<&[u8], Error> {
        self.opt_bytes(column)?.ok_or(Error::Column { column, expected: "bytes" })
    }

    /// The bytes in a column that may be empty.
    pub fn opt_bytes(&self, column: usize) -> Result<Option<&[u8]>, Error> {
        match self.columns.get(column) {
            Some(Value::Bytes(value)) => Ok(Some(value)),
            Some(Value::Null) => Ok(None),
            _ => Err(Error::Column { column, expected: "bytes" }),
        }
    }

    /// Bytes of a fixed length: an id (16) or a digest (32).
    pub fn array<const N: usize>(&self, column: usize) -> Result<[u8; N], Error> {
        let bytes = self.bytes(column)?;
        bytes.try_into().map_err(|_| Error::Column { column, expected: "bytes of that length" })
    }

    /// Moves the bytes out of the row, so that a large body is not copied.
    pub fn take_bytes(&mut self, column: usize) -> Result<Vec<u8>, Error> {
        match self.columns.get_mut(column) {
            Some(Value::Bytes(value)) => Ok(std::mem::take(value)),
            _ => Err(Error::Column { column, expected: "bytes" }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_read_only_as_what_it_holds() {
        let row = Row::new(vec![Value::Int(7), Value::Null, Value::Bytes(vec![1; 16])]);
        assert_eq!(row.int(0).unwrap(), 7);
        assert_eq!(row.opt_int(1).unwrap(), None);
        assert_eq!(row.array::<16>(2).unwrap(), [1; 16]);
        assert!(row.text(0).is_err());
        assert!(row.int(1).is_err());
        assert!(row.array::<32>(2).is_err());
        assert!(row.int(3).is_err());
    }

    #[test]
    fn the_index_of_a_leaf_is_known_only_where_that_leaf_is_recorded() {
        let position = LeafPosition { log_id: 3, first_index: 40, count: 2 };
        let index = |value: Value| value.resolve(Some(position)).map(Cow::into_owned);
        assert_eq!(index(Value::LeafIndex).unwrap(), Value::Int(40));
        assert_eq!(index(Value::LeafIndexPlus(1)).unwrap(), Value::Int(41));
        assert_eq!(index(Value::LogId).unwrap(), Value::Int(3));
        assert!(matches!(index(Value::LeafIndexPlus(2)), Err(Error::NoLeaf)));
        assert!(matches!(Value::LeafIndex.resolve(None), Err(Error::NoLeaf)));
    }

    #[test]
    fn a_value_never_shows_its_content_when_it_is_logged() {
        let shown = format!("{:?}", [Value::from("secret"), Value::from(vec![115u8; 6]), Value::Int(115)]);
        assert_eq!(shown, "[Text(6 bytes), Bytes(6 bytes), Int]");
    }
}
