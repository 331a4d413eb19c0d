"""Excel forms out, and filled forms back in."""
