"""The methods of scoring, one declaration each: what it does, formula, when to use it, source, who calls for it, and an
example that is computed and never typed. One file a step; the reference pages, ``/methods`` and ``zhishu methods`` are
made of them.
"""
