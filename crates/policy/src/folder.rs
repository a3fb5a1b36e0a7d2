//! Which bytes is a policy made of, wherever they come from?

use std::collections::BTreeMap;
use std::path::Path;

use aws_lc_rs::digest;

use crate::fault::Fault;

/// The file every policy begins with.
pub const POLICY_FILE: &str = "policy.toml";

const FILE_LIMIT: u64 = 4 * 1024 * 1024;

/// The files of a policy by name: read from a directory, or built into the program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder {
    files: BTreeMap<String, Vec<u8>>,
}

impl Folder {
    /// A folder made of files at hand; names are relative, with `/`.
    pub fn from_files<N: Into<String>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (N, B)>) -> Self {
        Self { files: files.into_iter().map(|(name, bytes)| (name.into(), bytes.into())).collect() }
    }

    /// Reads the `.toml` and `.md` files that lie directly in a directory. Whatever else lies there is no part of a policy.
    pub fn read(directory: &Path) -> Result<Self, Fault> {
        let unreadable = |source| Fault::FolderUnreadable { path: directory.to_owned(), source };
        let mut files = BTreeMap::new();
        for entry in std::fs::read_dir(directory).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            let extension = path.extension().and_then(|e| e.to_str());
            // A link could bring in a file from anywhere.
            if !matches!(extension, Some("toml" | "md")) || !path.is_file() || path.is_symlink() {
                continue;
            }
            let Some(name) = path.file_name().and_then(|n| n.to_str()) else { continue };
            if path.metadata().map_err(unreadable)?.len() > FILE_LIMIT {
                return Err(Fault::FileTooLarge { path, limit: FILE_LIMIT });
            }
            files.insert(name.to_owned(), std::fs::read(&path).map_err(unreadable)?);
        }
        Ok(Self { files })
    }

    /// The named files alone.
    pub fn only(&self, names: &[String]) -> Self {
        let named = |name: &String| Some((name.clone(), self.files.get(name)?.clone()));
        Self { files: names.iter().filter_map(named).collect() }
    }

    /// The bytes of one file.
    pub fn file(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(Vec::as_slice)
    }

    /// The names of all files, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// SHA-256 over the named files in order of their names: of each the length of its name, the name, its length and its
    /// bytes, lengths as eight bytes with the highest first. Only files that make up the policy are named, so that a
    /// note lying beside them changes nothing.
    pub fn digest<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> [u8; 32] {
        let names: std::collections::BTreeSet<&str> = names.into_iter().collect();
        let mut hashed = Vec::new();
        for name in names {
            let Some(bytes) = self.file(name) else { continue };
            for part in [name.as_bytes(), bytes] {
                hashed.extend_from_slice(&(part.len() as u64).to_be_bytes());
                hashed.extend_from_slice(part);
            }
        }
        sha256(&hashed)
    }
}

/// SHA-256, as used for policies and consent texts.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut out = [0; 32];
    for (to, from) in out.iter_mut().zip(digest::digest(&digest::SHA256, bytes).as_ref()) {
        *to = *from;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_tells_apart_what_a_plain_concatenation_would_not() {
        let one = Folder::from_files([("a", "bc"), ("d", "e")]);
        let other = Folder::from_files([("a", "b"), ("d", "ce")]);
        assert_ne!(one.digest(["a", "d"]), other.digest(["a", "d"]));
        assert_eq!(one.digest(["a", "d"]), one.digest(["d", "a"]));
        let noted = Folder::from_files([("a", "bc"), ("d", "e"), ("notes.md", "x")]);
        assert_eq!(one.digest(["a", "d"]), noted.digest(["a", "d"]));
    }

    #[test]
    fn a_directory_gives_its_policy_files_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("policy.toml"), "format = 1").unwrap();
        std::fs::write(dir.path().join("text.en.md"), "# Policy").unwrap();
        std::fs::write(dir.path().join("people.csv"), "a,b").unwrap();
        std::fs::create_dir(dir.path().join("story.md")).unwrap();
        let folder = Folder::read(dir.path()).unwrap();
        assert_eq!(folder.names().collect::<Vec<_>>(), ["policy.toml", "text.en.md"]);
        assert!(matches!(Folder::read(&dir.path().join("no")), Err(Fault::FolderUnreadable { .. })));
    }
}
