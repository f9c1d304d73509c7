"""Books closed: why the database cannot be opened. Alone, so that the shell knows it without loading any database."""


class BooksClosed(Exception):
    """The database cannot be opened. The message is one line for a person."""
