"""Cases of a rule book: reading a form, speaking of an opinion, running the book's own examples."""
