"""Standing bodies: their forms, what a fact changes in them, what they refuse, and what follows from their record."""
