"""Naming: no two buttons of a screen have the same name. Pure.

Whoever hears a screen, or comes to it by keys, knows a button by its name alone. The second of a name on carries a
number: two lines of the same bread are `Rye bread` and `Rye bread (2)`. What is drawn stays as it is.
"""

from collections import Counter

from msgspec.structs import replace

from kiosk.ui.scene import Button, Element, Scene


def told_apart(scene: Scene) -> Scene:
    """The scene with names of which each is there once; of a sheet and of what lies under it, each by itself."""
    under, above = scene.elements[: scene.modal_from], scene.elements[scene.modal_from :]
    if not (_is_twice(under) or _is_twice(above)):
        return scene
    return replace(scene, elements=(*_numbered(under), *_numbered(above)))


def _is_twice(elements: tuple[Element, ...]) -> bool:
    names = [element.name for element in elements if isinstance(element, Button)]
    return len(set(names)) < len(names)


def _numbered(elements: tuple[Element, ...]) -> list[Element]:
    seen: Counter[str] = Counter()
    out: list[Element] = []
    for element in elements:
        if isinstance(element, Button):
            seen[element.name] += 1
            times = seen[element.name]
            out.append(element if times == 1 else replace(element, name=f"{element.name} ({times})"))
        else:
            out.append(element)
    return out
