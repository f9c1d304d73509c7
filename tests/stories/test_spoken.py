"""Whoever shops with closed eyes hears everything: what the voice says in a whole purchase, kept word for word.

`KASSA_APPROVE=1 pytest tests/stories/test_spoken.py` writes it down anew; read it then, aloud.
"""

import os
from pathlib import Path

import pytest

from kiosk.world.teller import tell

HERE = Path(__file__).parent
GOLDEN = HERE.parent / "golden" / "spoken"


@pytest.mark.parametrize("name", ["eyes_closed", "eyes_closed_in_swedish", "headphones_in_the_middle"])
def test_what_is_said_in_a_whole_purchase(name: str) -> None:
    said = "\n".join(tell(HERE / f"{name}.story")) + "\n"
    kept = GOLDEN / f"{name}.txt"
    if os.environ.get("KASSA_APPROVE"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(said, encoding="utf-8")
    assert said == kept.read_text(encoding="utf-8")
