"""`make a11y`: the accessibility report, clause by clause, with the tests run that show each.

Reads `clauses.toml`, runs every test it names once, and writes `build/a11y/report.md` and `report.html`. What only a
stand with real hardware can show says so. Exit code 1 if a test that a clause leans on fails. `--all` (`ALL=1`) looks
at the pixels of every screen in every size, language and setting, not only at a pairwise set of them.
"""

import html
import os
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
TESTS = HERE.parent
OUT = Path("build/a11y")
APPLIES = {"yes": "applies", "no": "does not apply", "bench": "needs a bench"}


class Results:
    """A pytest plugin that keeps how each test ended, by its id without the folder of all tests."""

    def __init__(self) -> None:
        self.passed: dict[str, bool] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One phase of one test: it has passed if every phase has."""
        name = report.nodeid.removeprefix("tests/")
        if report.when == "call" or report.failed:
            self.passed[name] = report.passed and self.passed.get(name, True)


def clauses() -> list[dict[str, Any]]:
    """The table as it is kept."""
    found: list[dict[str, Any]] = tomllib.loads((HERE / "clauses.toml").read_text(encoding="utf-8"))["clause"]
    return found


def run(names: set[str]) -> dict[str, bool]:
    """Every test of those names."""
    results = Results()
    pytest.main(["-q", "-p", "no:cacheprovider", *(str(TESTS / name) for name in sorted(names))], plugins=[results])
    return results.passed


def outcome(name: str, passed: dict[str, bool]) -> str:
    """`12 of 12 passed` of what a name covers: one test, all its cases, or a whole file."""
    own = [ok for test, ok in passed.items() if test == name or test.startswith((f"{name}[", f"{name}::"))]
    return f"{sum(own)} of {len(own)} passed" if own else "NOT FOUND"


def failed(name: str, passed: dict[str, bool]) -> bool:
    """Whether the report may not lean on it."""
    told = outcome(name, passed)
    return told == "NOT FOUND" or told.split()[0] != told.split()[2]


def markdown(rows: list[dict[str, Any]], passed: dict[str, bool]) -> str:
    """The report as a table."""
    out = ["# Accessibility report", "", "EN 301 549 V3.2.1 chapters 5 and 8, and WCAG 2.2 A and AA.", "",
           "| clause | title | | how | shown by |", "|---|---|---|---|---|"]  # fmt: skip
    for row in rows:
        shown = "<br>".join(f"`{name}`: {outcome(name, passed)}" for name in row.get("tests", []))
        title = row["title"].replace("|", "\\|")
        out.append(f"| {row['number']} | {title} | {APPLIES[row['applies']]} | {row['how']} | {shown or '-'} |")
    return "\n".join(out) + "\n"


def page(rows: list[dict[str, Any]], passed: dict[str, bool]) -> str:
    """The same as HTML, readable by itself."""
    body = []
    for row in rows:
        shown = "<br>".join(
            f"<code>{html.escape(name)}</code>: {outcome(name, passed)}" for name in row.get("tests", [])
        )
        cells = (row["number"], row["title"], APPLIES[row["applies"]], row["how"])
        body.append("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells) + f"<td>{shown}</td></tr>")
    style = "body{font:16px sans-serif;margin:2em}td,th{border:1px solid #666;padding:.4em;vertical-align:top}"
    head = "".join(f"<th scope=col>{name}</th>" for name in ("Clause", "Title", "Applies", "How", "Shown by"))
    start = (
        f"<!doctype html><html lang=en><meta charset=utf-8><title>Accessibility report</title><style>{style}</style>"
    )
    table = f"<table><tr>{head}</tr>{''.join(body)}</table>"
    return f"{start}<h1>Accessibility report</h1>{table}</html>\n"


def main() -> int:
    """0 if every test that a clause leans on passed."""
    if "--all" in sys.argv[1:]:
        os.environ["KASSA_EVERY_LOOK"] = "1"
    rows = clauses()
    names = {name for row in rows for name in row.get("tests", [])}
    passed = run(names)
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "report.md").write_text(markdown(rows, passed), encoding="utf-8")
    (OUT / "report.html").write_text(page(rows, passed), encoding="utf-8")
    missing = sorted(name for name in names if failed(name, passed))
    count = {kind: sum(row["applies"] == kind for row in rows) for kind in APPLIES}
    sys.stdout.write(
        f"{OUT}/report.md: {len(rows)} clauses, {count['yes']} shown by tests, {count['bench']} need a bench, "
        f"{count['no']} do not apply; {len(passed)} tests run\n" + "".join(f"NOT SHOWN: {name}\n" for name in missing)
    )
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
