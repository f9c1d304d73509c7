"""Trouble: why the demo cannot go on, in one sentence for the person who started it."""


class Trouble(Exception):
    """The text says what happened and where to look or what to do."""
