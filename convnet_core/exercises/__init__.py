"""What checks a reader's own code and answers with a hint, a module a chapter."""
