"""BCD: numbers as two decimal digits a byte, the way ZVT writes amounts, traces, dates and terminal numbers."""


def pack(number: int, size: int) -> bytes:
    """A whole number in `size` bytes. A number that does not fit is a bug of the caller."""
    digits = str(number)
    assert number >= 0 and len(digits) <= 2 * size, "the number does not fit its field"
    return bytes.fromhex(digits.zfill(2 * size))


def pack_text(digits: str, size: int) -> bytes:
    """Digits kept as text (leading zeros count), in `size` bytes."""
    return pack(int(digits or "0"), size)


def digits(data: bytes) -> str:
    """The digits as text, leading zeros kept. Digits that are none (a masked card number has E) stay as letters."""
    return data.hex().upper()


def number(data: bytes) -> int:
    """The number. Raises ValueError if a digit is none."""
    return int(data.hex())
