"""Transcript: a scene as text that a person can read and a test can compare, one element a line.

The golden screens are kept like this: a changed word, place or meaning shows as a changed line.
"""

import msgspec
from msgspec.structs import asdict

from kiosk.checkout.events import Event
from kiosk.ui.scene import (
    Box,
    Button,
    Code,
    Dots,
    Element,
    Icon,
    Label,
    Picture,
    Progress,
    Rect,
    Ring,
    Row,
    Scene,
    Word,
    Zigzag,
)
from kiosk.ui.view import Look
from kiosk.values.moment import Moment


def transcript(scene: Scene) -> str:
    """The whole scene. A line of dashes stands where a sheet makes everything above it untouchable."""
    lines = [f"{scene.name}  {scene.size[0]}x{scene.size[1]} on {scene.ground}  title: {scene.title}"]
    for number, element in enumerate(scene.elements):
        if number == scene.modal_from and number:
            lines.append("-" * 40)
        lines.append(f"{type(element).__name__.lower():9}{_place(element.rect):18}{_told(element)}")
    if scene.focus:
        lines.append(f"focus: {' > '.join(scene.focus)}")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _place(rect: Rect) -> str:
    return f"{rect.x},{rect.y} {rect.w}x{rect.h}"


def _told(element: Element) -> str:
    match element:
        case Button():
            return _button(element)
        case Label():
            style = f"{element.size}/{element.weight}{' display' if element.display else ''} {element.colour}"
            return f"{_quoted(element.text)}  {style} {element.align}"
        case Row(parts=parts):
            said = " ".join(_quoted(part.text) if isinstance(part, Word) else f"<{part.name}>" for part in parts)
            return f"{said}{f'  on {element.fill}' if element.fill else ''}"
        case Icon():
            return f"<{element.name}> {element.size} {element.colour}"
        case Picture():
            return element.source
        case Code():
            return f"{element.kind} {element.text}"
        case Ring():
            return f"{element.share_permille} permille"
        case Progress():
            return f"at {element.position_permille} permille"
        case Box():
            return " ".join(word for word in (element.fill, element.outline and f"line {element.outline}") if word)
        case Zigzag() | Dots():
            return ""


def _button(button: Button) -> str:
    marks = f"{button.style}{' selected' if button.selected else ''}"
    value = f" = {button.value}" if button.value else ""
    return f"{marks} {_quoted(button.name)}{value}  says {said(button.says)}"


def said(says: Event | Look | None) -> str:
    """An event or a look in short: `QuantityChanged(line=1, count=3)`; of what it carries, what is not by default."""
    if says is None:
        return "nothing"
    fields = {name: value for name, value in asdict(says).items() if not isinstance(value, Moment)}
    return f"{type(says).__name__}({', '.join(f'{name}={_short(value)}' for name, value in fields.items())})"


def _short(value: object) -> str:
    if not isinstance(value, msgspec.Struct):
        return repr(value)
    return f"{type(value).__name__}({', '.join(f'{k}={v!r}' for k, v in msgspec.to_builtins(value).items())})"


def _quoted(text: str) -> str:
    return '"' + text.replace("\n", "\\n").replace("\xa0", "~") + '"'
