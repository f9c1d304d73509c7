"""Signing: whose updates the image takes, and with what key ours are signed.

The operator's folder is $KASSA_SIGN: `key.pem` and `cert.pem`, PEM, the key without a passphrase; and `ca.pem` where
the certificate is not its own issuer, or more than one is to be trusted. The certificate must be one for code
(extendedKeyUsage=codeSigning). An image carries ca.pem, or else cert.pem, and takes the updates that it vouches for and
no others: whoever loses the key can update no card that was made with it, and whoever has it owns every till.

Without $KASSA_SIGN there is a pair of its own in the work folder: enough to try everything, and told so at each build.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from image.workplace import BuildError, Workplace

VARIABLE = "KASSA_SIGN"
MEMORY = Path("/dev/shm")
"""Where a key lies while it is used; the tools see this machine's /dev."""
_TRY_DAYS = 7_300


class Signing(NamedTuple):
    """The files. `keyring`: what the image trusts; `ours`: it is a pair for trying only."""

    key: Path
    cert: Path
    keyring: Path
    ours: bool


def signing(workplace: Workplace) -> Signing:
    """The operator's key, or one for trying. Raises BuildError."""
    told = os.environ.get(VARIABLE, "")
    folder = Path(told) if told else workplace.place("signing")
    key, cert, issuer = (folder / name for name in ("key.pem", "cert.pem", "ca.pem"))
    if not told and not (key.exists() and cert.exists()):
        make_pair(workplace, key, cert)
    for path in (key, cert):
        if not path.is_file():
            raise BuildError(f"{path} is missing: {VARIABLE} names a folder with key.pem and cert.pem")
    return Signing(key, cert, issuer if issuer.exists() else cert, not told)


def make_pair(workplace: Workplace, key: Path, cert: Path) -> None:
    """A key, and a certificate for code that it has issued to itself. Raises BuildError."""
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-sha256"]
    name = ["-subj", "/CN=Kassa updates, for trying only", "-days", _TRY_DAYS]
    uses = ["basicConstraints=critical,CA:false", "keyUsage=critical,digitalSignature", "extendedKeyUsage=codeSigning"]
    extensions = [word for use in uses for word in ("-addext", use)]
    command = ["openssl", "req", "-x509", *kind, *name, *extensions, "-keyout", key, "-out", cert]
    workplace.run(command, "signing", trouble="no key for trying could be made")


@contextmanager
def in_memory(files: Signing) -> Iterator[Signing]:
    """The same, where the tools see them: in memory only, and for root only."""
    folder = Path(tempfile.mkdtemp(prefix="kassa-sign-", dir=MEMORY))
    try:
        for path in (files.key, files.cert):
            shutil.copyfile(path, folder / path.name)
        yield files._replace(key=folder / files.key.name, cert=folder / files.cert.name)
    finally:
        shutil.rmtree(folder)
