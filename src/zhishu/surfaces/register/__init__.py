"""Registers judged by a rule book: read in pieces, checked, judged, written whole or not at all."""
