"""Who somebody is: passwords, one-time links, sessions, tokens of programs, and a brake on guessing.

Nothing here is on record and nothing here decides what anybody may do: that follows from the ledger at each request.
"""
