"""Running one declared system: a case in, exact answers with reasons out."""
