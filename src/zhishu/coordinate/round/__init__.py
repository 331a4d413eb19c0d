"""Rounds of an assessment: calculated, consulted on, noticed, objected to, settled and published, every version kept."""
