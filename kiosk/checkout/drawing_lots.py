"""Drawing lots: which visits are looked at, by chance that nobody can steer and everybody can check afterwards.

A lane has a seed that nobody knows. Each business day has a secret made of it; before the day's first visit the lane
reports a commitment, the hash of that secret, and when the day is over the secret itself. Whether visit number n is
looked at follows from secret and n alone. So neither staff nor shopper can know it before, and whoever has both reports
and the sales can prove afterwards that every choice was the secret's.
"""

from hashlib import sha256

_BITS = 64


def day_secret(seed: str, day: str) -> str:
    """Of one business day; what is revealed of it says nothing of the seed."""
    return sha256(f"kassa-audit-day|{seed}|{day}".encode()).hexdigest()


def commitment(secret: str, store: str, till: str, day: str) -> str:
    """What is reported before the day begins."""
    return sha256(f"kassa-audit-commitment|{secret}|{store}/{till}/{day}".encode()).hexdigest()


def is_drawn(secret: str, visit: int, rate_permille: int) -> bool:
    """Whether this visit of the day is looked at; the same for ever."""
    number = int(sha256(f"kassa-audit|{secret}|{visit}".encode()).hexdigest()[: _BITS // 4], 16)
    return number * 1_000 >> _BITS < rate_permille
