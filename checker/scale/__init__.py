"""Checks of millions of facts: the same rules and outcomes, evaluated where the facts lie.

The facts are never all in Python. What they have in common, the *shapes* (table, line, measure, year, unit …), is: one
example of each is a small submission in which the rules are grounded as in any other. That says which figures of an
entity make which check; the figures themselves are summed by a database, or in blocks of a few entities. Only checks
that fail, and those of entities that lack figures or state them twice, are evaluated one by one by the Python engine.
"""
