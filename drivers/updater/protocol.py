"""RAUC's command line, as far as we use it: `rauc info` and `rauc install`, read line by line.

`install` talks to RAUC's service and tells on its standard output how far that is: `installing`, lines such as
` 40% Checking slot rootfs.1`, at a failure one `LastError: ...`, then `idle`. It ends with 0 for done, 1 for failed,
2 when the service cannot be reached or went away; then the reason stands on the standard error.
`info --output-format=shell` checks the signature, too, and says `RAUC_MF_VERSION='1.4.0'` among other things.
https://rauc.readthedocs.io/en/latest/using.html#installing-bundles

The standard error has more than reasons: GLib's messages of what is done (`rauc-Message: 13:40:04.904: ...`) and what
OpenSSL thinks of it (`80FFB2F27C7F0000:error:...`); the reason is the line that is neither.
"""

import re

import msgspec

LONGEST_WHY = 200
NO_SERVICE = 2
_PROGRESS = re.compile(r"\s*(\d{1,3})% (.+)")
_FACT = re.compile(r"(RAUC_MF_[A-Z]+)='?([^']*)'?")
_LAST_ERROR = "LastError: "
_NO_REASON = re.compile(r"rauc-|\(rauc:\d+\)|\(process:\d+\)|[0-9A-F]{8,}:error:|Installing `|D-Bus error")


class Heard(msgspec.Struct, frozen=True):
    """What one run has told so far. `error`: the last line that says why it fails."""

    percent: int = 0
    doing: str = ""
    error: str = ""
    version: str = ""
    compatible: str = ""


def heard(so_far: Heard, line: str, *, err: bool = False) -> Heard:
    """With one line more; `err`: it came on the standard error."""
    line = line.rstrip()
    if progress := _PROGRESS.fullmatch(line):
        percent = min(100, int(progress[1]))
        return msgspec.structs.replace(so_far, percent=percent, doing=progress[2][:LONGEST_WHY])
    if line.startswith(_LAST_ERROR):
        return msgspec.structs.replace(so_far, error=line[len(_LAST_ERROR) :][:LONGEST_WHY])
    if fact := _FACT.fullmatch(line):
        name = {"RAUC_MF_VERSION": "version", "RAUC_MF_COMPATIBLE": "compatible"}.get(fact[1])
        return msgspec.structs.replace(so_far, **{name: fact[2]}) if name else so_far
    if err and line and not so_far.error and not _NO_REASON.match(line):
        return msgspec.structs.replace(so_far, error=line[:LONGEST_WHY])
    return so_far


def why(told: Heard, exit_code: int) -> str:
    """Why it failed, for a person; empty: it did not."""
    if exit_code == 0:
        return ""
    if exit_code == NO_SERVICE:
        return f"RAUC's service does not answer: {told.error}" if told.error else "RAUC's service does not answer"
    if exit_code < 0:
        return f"RAUC was ended by signal {-exit_code}"
    return told.error or f"RAUC failed with exit code {exit_code} and said nothing"
