"""The document, its history, its only writer, and its store."""
