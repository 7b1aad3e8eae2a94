"""What a library is made of: documents, sections, passages; the store; places; the lexicon."""
