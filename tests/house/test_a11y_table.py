"""The accessibility report leans on tests that exist."""

import ast
import tomllib
from pathlib import Path

TESTS = Path(__file__).parents[1]
TABLE = tomllib.loads((TESTS / "a11y" / "clauses.toml").read_text(encoding="utf-8"))["clause"]


def test_every_test_of_the_table_exists() -> None:
    wrong = []
    for name in sorted({name for row in TABLE for name in row.get("tests", [])}):
        path, _, function = name.partition("::")
        if not (TESTS / path).exists():
            wrong.append(name)
        elif function:
            tree = ast.parse((TESTS / path).read_text(encoding="utf-8"))
            defined = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
            story = function.partition("[")[2].removesuffix("]")
            told = not story or (TESTS / "stories" / f"{story}.story").exists()
            wrong += [] if function.partition("[")[0] in defined and told else [name]
    assert wrong == []


def test_what_applies_is_shown_or_says_that_it_needs_a_bench() -> None:
    assert [row["number"] for row in TABLE if row["applies"] == "yes" and not row.get("tests")] == []
    assert {row["applies"] for row in TABLE} == {"yes", "no", "bench"}


def test_no_clause_stands_twice() -> None:
    numbers = [row["number"] for row in TABLE]
    assert sorted(set(numbers)) == sorted(numbers)
