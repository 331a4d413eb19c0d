"""The formula language: one parser, one tree, exact and three-valued."""
