"""REST under /api/v1, from the same results as pages and command line."""
