"""The methods of scoring, one declaration each: what it does, formula, when to use it, source, who calls for it, and an
example that is computed and never typed. The reference pages, ``/methods`` and ``zhishu methods`` are made of them.

A method enters by a ``Method`` in the ``METHODS`` of a file here that ``registry`` names: one file a step, or a part of
one. It needs a caller (a catalogue id, published practice or a step of the handbook) and a source that says how far it
was checked.
"""
