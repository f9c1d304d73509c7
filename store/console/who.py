"""Who: whose hand is at this page of the console, for the rooms that write down who did something."""


def who() -> str:
    """The user's id; "" while nobody signs in."""
    return ""
