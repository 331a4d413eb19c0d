"""Decision tables: read, compiled to formulas, checked for gaps and overlaps, exchanged as DMN, read aloud."""
