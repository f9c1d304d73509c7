"""`make bench-year`: every report over a year of a million sales, on SQLite and on a PostgreSQL that is made for it.

Apart from `make bench`, since the two years take a quarter of an hour to make and 20 GB where TMPDIR says.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

from postgres import cluster

REPORTING = [sys.executable, str(Path(__file__).parent / "reporting.py")]


def main() -> int:
    """0 if every promise was kept on both."""
    with TemporaryDirectory() as folder:
        kept = [subprocess.run([*REPORTING, f"sqlite:///{folder}/year.db"], check=False).returncode]
    with cluster("fsync=on", "shared_buffers=1GB") as address:
        with psycopg.connect(address.format("postgres").replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("CREATE DATABASE year")
        kept.append(subprocess.run([*REPORTING, address.format("year")], check=False).returncode)
    return max(kept)


if __name__ == "__main__":
    sys.exit(main())
