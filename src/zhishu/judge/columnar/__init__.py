"""Judging a table held in memory: questions answered by column, logic in planes of bits."""
