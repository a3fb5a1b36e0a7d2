//! How does a document become a page that can be printed, with every letter intact?
