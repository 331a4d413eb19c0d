"""The pack: a strategy as checked declarations."""
