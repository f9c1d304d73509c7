"""Walls: a file of at most 400 lines, a function of at most 60. What is longer holds more than one idea."""

import ast

import pytest

FILE_LINES = 400
FUNCTION_LINES = 60


def oversize(path: str, source: str) -> list[str]:
    """What stands over a wall, one sentence each."""
    found = []
    lines = len(source.splitlines())
    if lines > FILE_LINES:
        found.append(f"{path}: {lines} lines; a file ends at {FILE_LINES}: which of its ideas wants a file of its own?")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                found.append(f"{path}:{node.lineno} {node.name}: {length} lines; a function ends at {FUNCTION_LINES}")
    return found


def test_nothing_stands_over_the_walls(product_sources: dict[str, str], test_sources: dict[str, str]) -> None:
    found = []
    for path, source in (product_sources | test_sources).items():
        found += oversize(path, source)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "source", ["x = 1\n" * 401, "def f():\n" + "    x = 1\n" * 60, "async def f():\n" + "    1\n" * 99]
)
def test_an_oversize_is_seen(source: str) -> None:
    assert oversize("a.py", source)


def test_what_just_fits_is_left_alone() -> None:
    assert oversize("a.py", "def f():\n" + "    x = 1\n" * 59 + "x = 1\n" * 340) == []
