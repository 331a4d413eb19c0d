"""Pages of an index from one table: upload, choose, and look at it from every side."""
