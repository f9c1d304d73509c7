"""Drawing lots: which visits are looked at, by chance that nobody can steer and everybody can check afterwards.

A lane has a seed that nobody knows. Each period (a business day) has a secret made of it; before the period's first
visit the lane reports a commitment, the hash of that secret, and when it is over the secret itself. Whether a visit is
looked at follows from the secret and its number alone. So neither staff nor shopper can know it before, and whoever has
both reports and the sales can prove afterwards that every choice was the secret's (`proving_lots`).

Periods are numbered and not named by their day, because a clock that is set forward and back again must not bring back
a secret that was shown.
"""

from hashlib import sha256

_BITS = 64


def period_secret(seed: str, period: int) -> str:
    """Of one period, in hexadecimal; when it is shown it says nothing of the seed or of the other periods."""
    return sha256(f"kassa-audit-secret|{seed}|{period}".encode()).hexdigest()


def commitment(secret: str, store: str, till: str, period: int, day: str, rate_permille: int) -> str:
    """What is reported before the period's first visit: it binds the secret and all that the draw depends on."""
    told = f"kassa-audit-commitment|{secret}|{store}/{till}/{period}/{day}/{rate_permille}"
    return sha256(told.encode()).hexdigest()


def is_drawn(secret: str, visit: int, rate_permille: int) -> bool:
    """Whether this visit of the period (from 1) is looked at; the same for ever."""
    number = int(sha256(f"kassa-audit|{secret}|{visit}".encode()).hexdigest()[: _BITS // 4], 16)
    return number * 1_000 >> _BITS < rate_permille
