"""Plain deb: a .deb whose contents are not compressed, otherwise the same to the last byte.

Packages are unpacked by the image's own dpkg, which this machine emulates: it would take most of a build to undo xz.
A .deb is an ar archive (deb(5)) of three members; the two tars in it are what may be compressed.
"""

import lzma
from collections.abc import Iterator
from typing import NamedTuple

_MAGIC = b"!<arch>\n"
_HEAD = 60


class Member(NamedTuple):
    """One file in an ar archive."""

    name: str
    content: bytes


def members(archive: bytes) -> Iterator[Member]:
    """What is in an ar archive. Raises ValueError for what is none."""
    if not archive.startswith(_MAGIC):
        raise ValueError("not an ar archive")
    at = len(_MAGIC)
    while at < len(archive):
        head = archive[at : at + _HEAD]
        size = int(head[48:58])
        content = archive[at + _HEAD : at + _HEAD + size]
        if len(content) != size or head[58:] != b"`\n":
            raise ValueError("a damaged ar archive")
        yield Member(head[:16].decode().rstrip(" /"), content)
        at += _HEAD + size + size % 2


def joined(parts: Iterator[Member]) -> bytes:
    """An ar archive of these, with no owner and no time."""
    whole = [_MAGIC]
    for name, content in parts:
        head = f"{name:<16}{0:<12}{0:<6}{0:<6}{'100644':<8}{len(content):<10}`\n".encode()
        whole += [head, content, b"\n" * (len(content) % 2)]
    return b"".join(whole)


def plain(deb: bytes) -> bytes:
    """The same package with its tars uncompressed; what is compressed otherwise than by xz stays as it is."""
    return joined(_plain(member) for member in members(deb))


def _plain(member: Member) -> Member:
    if member.name.endswith(".tar.xz"):
        return Member(member.name.removesuffix(".xz"), lzma.decompress(member.content))
    return member
