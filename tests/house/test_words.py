"""Words that have no place in a room: floats near money, clocks near replay, print, sleep in tests, nameless homes.

Read from the syntax tree where code is meant, so that a docstring may speak of a clock or a float.
"""

import ast
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import pytest

MONEY_ROOMS = ("kiosk/values/", "kiosk/checkout/", "kiosk/wire/", "kiosk/storage/", "store/")
PURE_ROOMS = ("kiosk/values/", "kiosk/checkout/", "kiosk/wire/", "kiosk/ui/screens/")
CLOCKS = {"now", "utcnow", "today", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "time_ns"}
NAMELESS = re.compile(r"(^|_)(utils?|common|helpers?|managers?|misc|stuff)($|_)")
REACHING = {"open", "input", "exec", "eval", "__import__"}
SOMEBODYS_OWN = re.compile(r"(?<![\w.])/(home|root|work|Users)/")
MAY_CATCH_ALL = {
    "kiosk/values/barcode.py": "whatever a label that somebody printed makes biip raise means the same: no code",
    "kiosk/values/picture.py": "whatever a damaged file makes Pillow raise means the same: it is refused, by name",
    "kiosk/storage/writer.py": "hands it over to the loop's thread, where it is raised",
    "kiosk/app/background.py": "the same",
    "store/duties.py": "hands a bug of any thread of the store to the server, which ends",
    "store/ingest.py": "keeps what nobody thought of aside for staff, with the bug in the log; a till's queue goes on",
    "kiosk/world/teller.py": "raises it again with the line of the story at which it happened",
}
MUTED = {"skip", "skipif", "xfail", "importorskip"}


@lru_cache(maxsize=1)
def _nodes(source: str) -> tuple[ast.AST, ...]:
    """Every node of a source. The last one is kept: one rule after the other looks at it."""
    return tuple(ast.walk(ast.parse(source)))


def _called(node: ast.AST) -> str:
    """The last name of what is called: `sleep` of `time.sleep(1)`."""
    match node:
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
            return name
    return ""


def floats(path: str, source: str) -> Iterator[str]:
    """Floating point where amounts live."""
    for node in _nodes(source):
        match node:
            case ast.Name(id="float") | ast.Constant(value=float()):
                yield f"{path}:{node.lineno} float: money and weights are whole numbers of a named unit"
            case ast.BinOp(op=ast.Div(), left=left, right=right) if not _paths(left, right):
                yield f"{path}:{node.lineno} `/` makes a float: say how it is rounded, with `//`"


def _paths(left: ast.AST, right: ast.AST) -> bool:
    """Whether this is pathlib's slash: something is joined to a text."""
    return any(
        isinstance(n, ast.JoinedStr)
        or (isinstance(n, ast.Constant) and isinstance(n.value, str))
        or "path" in ast.dump(n).lower()
        for n in (left, right)
    )


def clocks(path: str, source: str) -> Iterator[str]:
    """A look at a clock where time is an argument."""
    for node in _nodes(source):
        if _called(node) in CLOCKS and isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield f"{path}:{node.lineno} reads a clock: time is handed in"


def prints(path: str, source: str) -> Iterator[str]:
    """`print`: what people read is written by an entry point, what machines read is logged."""
    for node in _nodes(source):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            yield f"{path}:{node.lineno} print"


def idling(path: str, source: str) -> Iterator[str]:
    """Tests that sleep, and tests that do not run."""
    for node in _nodes(source):
        if _called(node) == "sleep":
            yield f"{path}:{node.lineno} sleeps: hand the time in, or wait for the thing itself with a deadline"
        if isinstance(node, ast.Attribute) and node.attr in MUTED:
            yield f"{path}:{node.lineno} {node.attr}: a test that does not run proves nothing"


def outside(path: str, source: str) -> Iterator[str]:
    """Builtins that reach for files or people from a pure room."""
    for node in _nodes(source):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REACHING:
            yield f"{path}:{node.lineno} {node.func.id}(): what is outside is handed in"


def swallowing(path: str, source: str) -> Iterator[str]:
    """`except:` and `except Exception:` hide bugs, which must end the process and be mended."""
    for node in _nodes(source):
        if isinstance(node, ast.ExceptHandler) and (
            node.type is None or _names(node.type) & {"Exception", "BaseException"}
        ):
            yield f"{path}:{node.lineno} catches everything: name what is expected"


def _names(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def homeless(path: str, text: str) -> Iterator[str]:
    """Paths that exist only on the machine of whoever wrote them."""
    for number, line in enumerate(text.splitlines(), 1):
        if SOMEBODYS_OWN.search(line):
            yield f"{path}:{number} names a place on somebody's own machine"


def nameless(path: str) -> bool:
    """Whether a file or folder has no noun of its own."""
    return any(NAMELESS.search(part) for part in Path(path).with_suffix("").parts)


PRODUCT: dict[Callable[[str, str], Iterator[str]], tuple[str, ...]] = {
    floats: MONEY_ROOMS,
    clocks: PURE_ROOMS,
    outside: PURE_ROOMS,
    swallowing: ("",),
    prints: ("",),
}
"""What is looked for in the product, and in which rooms."""


@pytest.fixture(scope="module")
def found(product_sources: dict[str, str]) -> dict[str, list[str]]:
    """What each rule finds in the product, by the rule's name; every file is parsed once."""
    lines: dict[str, list[str]] = {rule.__name__: [] for rule in PRODUCT}
    for path, source in product_sources.items():
        for rule, rooms in PRODUCT.items():
            if path.startswith(rooms):
                lines[rule.__name__] += rule(path, source)
    return lines


def test_no_floats_in_money_rooms(found: dict[str, list[str]]) -> None:
    assert found["floats"] == []


def test_no_clocks_in_pure_rooms(found: dict[str, list[str]]) -> None:
    assert found["clocks"] == []


def test_pure_rooms_reach_for_nothing(found: dict[str, list[str]]) -> None:
    assert found["outside"] == []


def test_nothing_swallows_bugs(found: dict[str, list[str]]) -> None:
    catchers = {line.partition(":")[0] for line in found["swallowing"]}
    assert catchers == set(MAY_CATCH_ALL)


def test_nothing_names_a_place_on_somebody_s_machine(texts: dict[str, str]) -> None:
    assert [line for path, text in texts.items() for line in homeless(path, text)] == []


def test_nothing_prints(found: dict[str, list[str]]) -> None:
    assert found["prints"] == []


def test_no_test_idles(test_sources: dict[str, str]) -> None:
    assert [line for path, source in test_sources.items() for line in idling(path, source)] == []


def test_everything_has_a_noun(product_sources: dict[str, str], test_sources: dict[str, str]) -> None:
    assert [path for path in product_sources | test_sources if nameless(path)] == []


@pytest.mark.parametrize("source", ["x = float(1)", "def f(x: float): ...", "x = 1.5", "x = a / b"])
def test_a_float_is_seen(source: str) -> None:
    assert list(floats("a.py", source))


@pytest.mark.parametrize("source", ["import time\ntime.monotonic()", "datetime.now()", "date.today()"])
def test_a_clock_is_seen(source: str) -> None:
    assert list(clocks("a.py", source))


@pytest.mark.parametrize("source", ["open('x')", "def f():\n    return eval('1')"])
def test_reaching_out_is_seen(source: str) -> None:
    assert list(outside("a.py", source))


@pytest.mark.parametrize("caught", ["", " Exception", " Exception as e", " (OSError, Exception)", " BaseException"])
def test_swallowing_is_seen(caught: str) -> None:
    assert list(swallowing("a.py", f"try:\n    x\nexcept{caught}:\n    pass"))


@pytest.mark.parametrize("place", ["/ho" + "me/ann/x", "see /Us" + "ers/ann/y", "`/ro" + "ot/.venv`"])
def test_a_place_of_somebody_s_own_is_seen(place: str) -> None:
    assert list(homeless("README.md", f"fine\n{place}"))


def test_a_print_is_seen() -> None:
    assert list(prints("a.py", "if True:\n    print('x')"))


@pytest.mark.parametrize("source", ["time.sleep(1)", "sleep(1)", "@pytest.mark.skip\ndef t(): ...", "pytest.skip('x')"])
def test_idling_is_seen(source: str) -> None:
    assert list(idling("a.py", source))


@pytest.mark.parametrize("path", ["kiosk/utils.py", "kiosk/app/helpers.py", "store/db_utils.py", "drivers/common/x.py"])
def test_a_nameless_home_is_seen(path: str) -> None:
    assert nameless(path)


def test_words_may_be_spoken_of() -> None:
    source = '"""Never a float, never print(), never time.sleep()."""\nwhole = 5 // 2'
    for check in (floats, clocks, prints, idling, outside, swallowing):
        assert not list(check("a.py", source)), check
    assert not list(homeless("a.md", "kiosk.service reads /etc/kassa, keeps /var/lib/kiosk; a network/root/zone"))
    assert not nameless("kiosk/values/money.py")
