"""Foreign readers of the books: `sqlite3` and `psql`, which know nothing of us."""

import os
import subprocess


def asked(url: str, query: str) -> str:
    """What the database's own client answers, one row a line, its columns between bars."""
    if url.startswith("sqlite"):
        command = ["sqlite3", url.removeprefix("sqlite:///"), query]
    else:
        command = ["psql", "--no-psqlrc", "-At", "-c", query, url.replace("+psycopg", "")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "TZ": "UTC"})
    return done.stdout.strip()
