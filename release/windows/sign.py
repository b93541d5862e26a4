"""Signs what is shipped for Windows: ``python -m release.windows.sign FILE… --certificate … --key …``.

The certificate and its key belong to whoever releases; none is kept here. A password is read from a file or from the
environment variable ``KOHTAAVA_SIGNING_PASSWORD``, never from a command line: every program on a machine can read
that. Needs osslsigncode.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from release.project import ROOT, Unbuildable
from release.tools import run
from release.windows.product import NAME, Unfit

PASSWORD = "KOHTAAVA_SIGNING_PASSWORD"


@dataclass(frozen=True, slots=True)
class Signer:
    """With what is signed: either ``certificate`` and ``key``, in PEM or DER, or both in ``pkcs12``.

    ``timestamp`` is the address of a server (RFC 3161) that attests the time of the signature, so that it holds when
    the certificate has run out. Without one nothing is asked of the network.
    """

    certificate: Path | None = None
    key: Path | None = None
    pkcs12: Path | None = None
    password_file: Path | None = None
    timestamp: str = ""

    def words(self) -> list[str]:
        """The words for osslsigncode; raises ``Unfit`` where something is missing or is not there."""
        given = [each for each in (self.certificate, self.key, self.pkcs12, self.password_file) if each]
        for path in given:
            if not path.is_file():
                raise Unfit(f"{path}: there is no such file.")
        match self.certificate, self.key, self.pkcs12:
            case Path() as certificate, Path() as key, None:
                words = ["-certs", str(certificate.resolve()), "-key", str(key.resolve())]
            case None, None, Path() as both:
                words = ["-pkcs12", str(both.resolve())]
            case _:
                raise Unfit("Signing takes either --certificate and --key, or --pkcs12.")
        return words + (["-ts", self.timestamp] if self.timestamp else [])

    def command(self) -> str:
        """A command line that signs the file that follows it, for programs that call for one; no password is in it.

        Raises ``Unfit`` like ``words``, and where a path has a quotation mark in it.
        """
        self.words()
        options = {
            "--certificate": self.certificate,
            "--key": self.key,
            "--pkcs12": self.pkcs12,
            "--password-file": self.password_file,
        }
        given = [word for name, path in options.items() if path for word in (name, str(path.resolve()))]
        given += ["--timestamp", self.timestamp] if self.timestamp else []
        words = [sys.executable, "-m", "release.windows.sign", *given]
        if any(mark in word for word in words for mark in "\"'`$"):
            raise Unfit("What is signed with may have no quotation mark, no ` and no $ in its name.")
        return " ".join(["env", f'"PYTHONPATH={ROOT}"', *(f'"{word}"' for word in words)])


def sign(file: Path, signer: Signer) -> None:
    """Sign ``file`` in place; it is as it was where that fails. Raises ``Unfit`` or ``Unbuildable``."""
    if not file.is_file():
        raise Unfit(f"{file}: there is no such file.")
    with tempfile.TemporaryDirectory(prefix="kohtaava-sign-") as name:
        work = Path(name)
        signed = work / file.name
        words = [*signer.words(), *_password(signer, work), "-h", "sha256", "-n", NAME]
        run("osslsigncode", "sign", *words, "-in", str(file.resolve()), "-out", str(signed), folder=work)
        shutil.copymode(file, signed)
        shutil.move(signed, file)


def verify(file: Path, authorities: Path) -> str:
    """What osslsigncode says of the signature of ``file``; raises ``Unbuildable`` unless it is whole and trusted.

    ``authorities`` are the certificates that are trusted, in PEM.
    """
    trusted = str(authorities.resolve())
    words = ("-CAfile", trusted, "-TSA-CAfile", trusted, "-in", str(file.resolve()))
    return run("osslsigncode", "verify", *words, folder=file.resolve().parent)


def _password(signer: Signer, work: Path) -> list[str]:
    """The words that make osslsigncode read the password from a file that nobody else can read."""
    if signer.password_file:
        return ["-readpass", str(signer.password_file.resolve())]
    if PASSWORD not in os.environ:
        return []
    file = work / "password"
    file.touch(mode=0o600)
    file.write_text(os.environ[PASSWORD], encoding="utf-8")
    return ["-readpass", str(file)]


def add_options(parser: argparse.ArgumentParser) -> None:
    """Have ``parser`` take what ``signer_of`` needs."""
    parser.add_argument("--certificate", type=Path, help="the certificate, with those between it and its root")
    parser.add_argument("--key", type=Path, help="its key")
    parser.add_argument("--pkcs12", type=Path, help="both in one file")
    parser.add_argument("--password-file", type=Path, help=f"a file with the password; otherwise {PASSWORD} has it")
    parser.add_argument("--timestamp", default="", help="address of a time stamp server; none is asked without it")


def signer_of(given: argparse.Namespace) -> Signer | None:
    """With what is signed, by the options of a command line; ``None`` where it has none of them."""
    signer = Signer(given.certificate, given.key, given.pkcs12, given.password_file, given.timestamp)
    return None if signer == Signer() else signer


def main(arguments: Sequence[str] | None = None) -> int:
    """Sign the files that the command line names; stops at the first that cannot be signed."""
    parser = argparse.ArgumentParser(prog="python -m release.windows.sign", description="Signs files for Windows.")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    add_options(parser)
    parser.add_argument("--authorities", type=Path, help="verify against these certificates afterwards")
    chosen = parser.parse_args(arguments)
    signer = signer_of(chosen) or Signer()
    try:
        for file in chosen.files:
            sign(file, signer)
            if chosen.authorities:
                verify(file, chosen.authorities)
            print(f"{file}: signed")
    except (Unfit, Unbuildable) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
