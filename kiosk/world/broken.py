"""Broken: what is raised when a promise does not hold."""


class Broken(AssertionError):
    """A promise was broken. The text says which, and by what."""
