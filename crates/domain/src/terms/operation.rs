//! Which actions with personal data exist (clauses 2.6 and 8.1)?

/// The eighteen operations of clauses 2.6 and 8.1: every deed of the system is recorded under one of them.
///
/// Some name the same deed seen from two sides. What a request to the server records:
/// collecting data for the first time is `Collection`; adding to what is held is `Accumulation`; joining two records on a
/// declared basis is `Systematisation`; placing or lifting a hold is `Storage`; a value changed is `Rectification`, one
/// confirmed or completed is `Updating`, a disputed one replaced at the end of a block is `Alteration`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    /// Obtaining data from the person or another source (сбор).
    Collection,
    /// Entering data into the system (запись).
    Recording,
    /// Ordering, indexing, joining (систематизация).
    Systematisation,
    /// Adding to what is already held (накопление).
    Accumulation,
    /// Keeping (хранение).
    Storage,
    /// Making right (уточнение).
    Rectification,
    /// Bringing up to date (обновление).
    Updating,
    /// Changing (изменение).
    Alteration,
    /// Taking out of the store (извлечение).
    Retrieval,
    /// Acting upon the data without handing it out (использование).
    Use,
    /// Making available to everyone (распространение).
    Dissemination,
    /// Making available to a definite person (предоставление).
    Provision,
    /// Letting somebody look (доступ).
    Access,
    /// Removing the tie to the person (обезличивание).
    Depersonalisation,
    /// Stopping all processing for a time (блокирование).
    Blocking,
    /// Taking out of use (удаление).
    Erasure,
    /// Ending irrecoverably (уничтожение).
    Destruction,
    /// Handing over in general, of which dissemination, provision and access are the forms (передача).
    Transfer,
}

impl Operation {
    /// All of them, in the order of clause 8.1.
    pub const ALL: [Self; 18] = [
        Self::Collection,
        Self::Recording,
        Self::Systematisation,
        Self::Accumulation,
        Self::Storage,
        Self::Rectification,
        Self::Updating,
        Self::Alteration,
        Self::Retrieval,
        Self::Use,
        Self::Transfer,
        Self::Dissemination,
        Self::Provision,
        Self::Access,
        Self::Depersonalisation,
        Self::Blocking,
        Self::Erasure,
        Self::Destruction,
    ];

    /// The word used in policies, leaves and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Collection => "collection",
            Self::Recording => "recording",
            Self::Systematisation => "systematisation",
            Self::Accumulation => "accumulation",
            Self::Storage => "storage",
            Self::Rectification => "rectification",
            Self::Updating => "updating",
            Self::Alteration => "alteration",
            Self::Retrieval => "retrieval",
            Self::Use => "use",
            Self::Dissemination => "dissemination",
            Self::Provision => "provision",
            Self::Access => "access",
            Self::Depersonalisation => "depersonalisation",
            Self::Blocking => "blocking",
            Self::Erasure => "erasure",
            Self::Destruction => "destruction",
            Self::Transfer => "transfer",
        }
    }

    /// Reads the word; an unknown one is no operation.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.as_str() == word)
    }
}

impl std::fmt::Display for Operation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eighteen_operations_each_with_its_own_word() {
        let words: std::collections::BTreeSet<_> = Operation::ALL.iter().map(|o| o.as_str()).collect();
        assert_eq!(words.len(), 18);
        for operation in Operation::ALL {
            assert_eq!(Operation::from_word(operation.as_str()), Some(operation));
        }
        assert_eq!(Operation::from_word("delete"), None);
    }
}
