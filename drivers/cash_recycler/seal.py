"""Seal: the encryption layer of SSP (eSSP), both ends of it. Pure: whatever is random is handed in.

The two agree on half of a key by Diffie-Hellman in 64 bits, in the open:

    till:     SET GENERATOR g, SET MODULUS p (primes, g the larger), REQUEST KEY EXCHANGE g^a mod p
    machine:  g^b mod p                          both then have k = g^(a b) mod p

The key of AES-128 (ECB) is the fixed key and behind it k, 8 bytes each, least significant first. The fixed key is known
to the maker of the till and to the machine; as they leave the factory it is 01 23 45 67 01 23 45 67. What is sealed:

    7E  encrypted { length  count (4, least significant first)  data  packing...  CRC low  CRC high }

padded with anything to whole blocks of 16; the CRC is the packet's own (`frame`). The count is the guard against what
was recorded and is played again: both begin at 0 with a new key, a packet of the till carries n, its answer n + 1, the
next packet n + 1. An answer that does not fit, or that comes in the open to a sealed packet and says OK, is no answer.
Sources: Innovative Technology, "SSP Protocol Manual" GA138_2_2_222A, Encryption Layer; and their published host
library for the order of the bytes and the counts.
"""

from collections.abc import Callable
from typing import NamedTuple

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from drivers.cash_recycler.codes import OK, STEX
from drivers.cash_recycler.frame import crc

FACTORY_KEY = 0x0123456701234567
BLOCK = 16
_AROUND = 7
"""Length, count and CRC."""
_WITNESSES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)
"""Enough for every number below 2^64 (Sorenson and Webster, "Strong pseudoprimes to twelve prime bases", 2015)."""
_PRIME_BITS = 63

Random = Callable[[int], bytes]
"""So many random bytes."""


class Sealed(NamedTuple):
    """What was inside."""

    number: int
    """The count that it was sealed with."""
    data: bytes


def key_of(fixed: int, agreed: int) -> bytes:
    """The key of AES-128."""
    return fixed.to_bytes(8, "little") + agreed.to_bytes(8, "little")


def seal(key: bytes, count: int, data: bytes, random: Random) -> bytes:
    """The data of a packet in place of `data`."""
    inside = bytes((len(data),)) + (count & 0xFFFFFFFF).to_bytes(4, "little") + data
    inside += random(-(len(data) + _AROUND) % BLOCK)
    inside += crc(inside).to_bytes(2, "little")
    aes = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
    return bytes((STEX,)) + aes.update(inside) + aes.finalize()


def unseal(key: bytes, data: bytes) -> Sealed | None:
    """What a packet's data holds; None: it is not sealed with this key, or damaged."""
    locked = data[1:]
    if data[:1] != bytes((STEX,)) or not locked or len(locked) % BLOCK:
        return None
    aes = Cipher(algorithms.AES(key), modes.ECB()).decryptor()
    inside = aes.update(locked) + aes.finalize()
    length = inside[0]
    if length + _AROUND > len(inside) or crc(inside[:-2]) != int.from_bytes(inside[-2:], "little"):
        return None
    return Sealed(int.from_bytes(inside[1:5], "little"), inside[5 : 5 + length])


def is_prime(number: int) -> bool:
    """Miller and Rabin's test, certain below 2^64."""
    if number < 2 or any(number % small == 0 for small in _WITNESSES):
        return number in _WITNESSES
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    return all(_passes(number, pow(base, odd, number), twos) for base in _WITNESSES)


def _passes(number: int, power: int, twos: int) -> bool:
    if power in (1, number - 1):
        return True
    for _ in range(twos - 1):
        power = power * power % number
        if power == number - 1:
            return True
    return False


def prime(random: Random) -> int:
    """The first one from a random number of 63 bits on; the gaps there are below 1,600."""
    number = int.from_bytes(random(8), "little") >> 1 | 1 << (_PRIME_BITS - 1) | 1
    while not is_prime(number):
        number += 2
    return number


class Seal:
    """The till's end of the encryption with one machine."""

    def __init__(self, fixed: int, random: Random) -> None:
        self._fixed, self._random = fixed, random
        self._key = b""
        self._count = 0
        self._modulus = self._secret = 0

    @property
    def is_closed(self) -> bool:
        """Whether there is a key."""
        return bool(self._key)

    def begin(self) -> tuple[int, int, int]:
        """Generator, modulus and the till's half, for a new key; the old one is forgotten."""
        self._key, self._count = b"", 0
        generator, self._modulus = sorted((prime(self._random), prime(self._random)), reverse=True)
        self._secret = int.from_bytes(self._random(8), "little") % self._modulus
        return generator, self._modulus, pow(generator, self._secret, self._modulus)

    def forget(self) -> None:
        """A machine that was away has no key."""
        self._key, self._count = b"", 0

    def agree(self, half: int) -> None:
        """The machine's half."""
        self._key = key_of(self._fixed, pow(half, self._secret, self._modulus))

    def close(self, data: bytes) -> bytes:
        """A packet's data, sealed; the count goes on."""
        closed = seal(self._key, self._count, data, self._random)
        self._count = (self._count + 1) & 0xFFFFFFFF
        return closed

    def open(self, data: bytes) -> bytes:
        """What an answer says; empty: it cannot be believed."""
        if not self._key:
            return b"" if data[0] == STEX else data
        if data[0] != STEX:
            return b"" if data[0] == OK else data
        inside = unseal(self._key, data)
        return inside.data if inside is not None and inside.number == self._count else b""
