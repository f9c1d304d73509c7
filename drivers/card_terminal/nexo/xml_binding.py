"""XML binding: nexo 3.1 in XML over HTTP (`POST /EPASSaleToPOI/3.1`).

Scalars are attributes, but for the few that the schema makes elements; mappings are elements, lists repeat them. Read
the other way, attributes and elements of one element come into one mapping, so that an answer looks like one in JSON.

A document type is refused before anything in it is read: no entity is ever defined, expanded or fetched. What is held
is bounded by the size of an answer, and its depth here.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from drivers.card_terminal.nexo.binding import DEEPEST, NotNexo, rejected
from drivers.card_terminal.nexo.messages import Message

REQUEST, RESPONSE = "SaleToPOIRequest", "SaleToPOIResponse"
_ELEMENTS = frozenset(("DateTime", "AbortReason"))
"""Scalars that are elements."""
_WORDS = frozenset(("SaleCapabilities",))
"""Lists that are one element of words."""


class XmlBinding:
    """Nothing is remembered."""

    path = "/EPASSaleToPOI/3.1"
    headers: Mapping[str, str] = {"content-type": "application/xml; charset=utf-8", "accept": "*/*"}

    def encode(self, message: Message) -> bytes:
        """A request of ours."""
        return _document(REQUEST, message)

    def encode_response(self, message: Message) -> bytes:
        """Our answer to a request of the terminal's."""
        return _document(RESPONSE, message)

    def decode_request(self, body: bytes) -> tuple[Message, bool]:
        """As Binding: nothing is sealed here, so the terminal's words are as good as all of its."""
        name, content = _Reader().read(body)
        if name != REQUEST or not isinstance(content, dict):
            raise NotNexo(f"the request is a {name[:40]!r}, no {REQUEST}")
        return content, True

    def decode(self, body: bytes) -> Message:
        """An answer. Raises NotNexo."""
        name, content = _Reader().read(body)
        if name == REQUEST and isinstance(content, dict) and "EventNotification" in content:
            raise NotNexo(rejected(content["EventNotification"]))
        if name != RESPONSE or not isinstance(content, dict):
            raise NotNexo(f"the answer is a {name[:40]!r}, no {RESPONSE}")
        return content


def _document(name: str, message: Message) -> bytes:
    root = ElementTree.Element(name)
    _write(root, message)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _write(element: ElementTree.Element, content: Message) -> None:
    for name, value in content.items():
        if name in _WORDS:
            ElementTree.SubElement(element, name).text = " ".join(value)
        elif isinstance(value, dict):
            _write(ElementTree.SubElement(element, name), value)
        elif name in _ELEMENTS:
            ElementTree.SubElement(element, name).text = _scalar(value)
        else:
            element.set(name, _scalar(value))


def _scalar(value: str | int | Decimal) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


class _Reader:
    """Reads one document into nested mappings; expat does the parsing."""

    def __init__(self) -> None:
        self._stack: list[tuple[str, dict[str, Any], list[str]]] = []
        self._root: tuple[str, dict[str, Any] | str] | None = None
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = _refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def read(self, body: bytes) -> tuple[str, dict[str, Any] | str]:
        """The root's name, and what is in it."""
        try:
            self._parser.Parse(body, True)
        except expat.ExpatError as error:
            raise NotNexo(f"the answer is no XML: {error}") from error
        except (ValueError, LookupError) as error:  # an encoding that cannot be had
            raise NotNexo(f"the answer is no XML: {error}") from error
        assert self._root is not None
        return self._root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._stack) >= DEEPEST:
            raise NotNexo("the answer is too deep")
        content: dict[str, Any] = {}
        for key, value in attributes.items():
            if not key.startswith("xml"):
                content[_local(key)] = value
        self._stack.append((_local(name), content, []))

    def _text(self, text: str) -> None:
        self._stack[-1][2].append(text)

    def _end(self, _: str) -> None:
        name, content, texts = self._stack.pop()
        text = "".join(texts).strip()
        value: dict[str, Any] | str = {**content, "Text": text} if content and text else content or text
        if not self._stack:
            self._root = (name, value)
            return
        into = self._stack[-1][1]
        if name not in into:
            into[name] = value
        elif isinstance(into[name], list):
            into[name].append(value)
        else:
            into[name] = [into[name], value]


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse(*_: object) -> None:
    raise NotNexo("the answer has a document type, which none may have")
