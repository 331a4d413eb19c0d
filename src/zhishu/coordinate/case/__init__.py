"""Cases: their forms, what a fact changes in them, and what they refuse."""
