"""Pages of the rule books: the book, one rule, one case, and a case asked fact by fact."""
