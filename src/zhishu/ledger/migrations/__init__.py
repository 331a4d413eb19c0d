"""Migrations of the ledger's tables, oldest first; each runs whole or not at all."""
