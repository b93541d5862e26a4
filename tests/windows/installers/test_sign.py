"""Signing, with certificates made here: what is signed is verified, and told from what was changed afterwards."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from release.project import Unbuildable
from release.windows import nsis, sign
from release.windows.product import Unfit
from tests.windows.installers.conftest import Release
from tests.windows.installers.machine import Machine

pytestmark = pytest.mark.windows


def openssl(*words: str) -> None:
    subprocess.run(["openssl", *words], check=True, capture_output=True)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate that signed itself, its key, both in one, and the password of the latter two."""
    folder = tmp_path_factory.mktemp("keys")
    (folder / "password").write_text("salainen sana")
    (folder / "password2").write_text("salainen sana")  # of one file openssl would take the second line
    (folder / "extensions").write_text(
        "[req]\ndistinguished_name=d\nx509_extensions=x\n[d]\n[x]\nbasicConstraints=CA:FALSE\n"
        "keyUsage=digitalSignature\nextendedKeyUsage=codeSigning\n"
    )
    certificate, key, secret = (str(folder / name) for name in ("cert.pem", "key.pem", "password"))
    about = ("-subj", "/CN=Kohtaava test", "-days", "30", "-config", str(folder / "extensions"))
    openssl(
        "req", "-x509", "-newkey", "rsa:2048", *about, "-out", certificate, "-keyout", key, "-passout", f"file:{secret}"
    )
    both = str(folder / "both.p12")
    words = ("-in", certificate, "-inkey", key, "-passin", f"file:{secret}", "-passout", f"file:{secret}2")
    openssl("pkcs12", "-export", *words, "-out", both)
    return folder


@pytest.fixture
def copy(tmp_path: Path, old: Release) -> Callable[[str], Path]:
    """A copy of what can be signed, by its kind."""

    def get(kind: str) -> Path:
        source = {"msi": old.package, "setup": old.setup, "program": old.layout / "kohtaava.exe"}[kind]
        target = tmp_path / source.name
        target.write_bytes(source.read_bytes())
        return target

    return get


@pytest.mark.parametrize("kind", ["msi", "setup", "program"])
def test_what_is_signed_is_verified_and_what_is_changed_is_not(
    copy: Callable[[str], Path], keys: Path, kind: str
) -> None:
    file, certificate = copy(kind), keys / "cert.pem"
    with pytest.raises(Unbuildable):
        sign.verify(file, certificate)
    words = [
        "--certificate",
        str(certificate),
        "--key",
        str(keys / "key.pem"),
        "--password-file",
        str(keys / "password"),
    ]
    assert sign.main([str(file), *words, "--authorities", str(certificate)]) == 0
    assert "Kohtaava test" in sign.verify(file, certificate)
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 1
    file.write_bytes(content)
    with pytest.raises(Unbuildable):
        sign.verify(file, certificate)


def test_the_uninstaller_is_signed_too(old: Release, keys: Path, machine: Machine, tmp_path: Path) -> None:
    setup = tmp_path / "signed setup.exe"
    signer = sign.Signer(pkcs12=keys / "both.p12", password_file=keys / "password")
    nsis.build(old.layout, setup, old.version, sign=signer.command(), quick=True)
    assert machine.setup(setup).code == 0
    assert "Kohtaava test" in sign.verify(machine.own_folder / "uninstall.exe", keys / "cert.pem")


def test_a_path_that_no_shell_takes_is_refused(tmp_path: Path) -> None:
    odd = tmp_path / "a 'quoted' name.p12"
    odd.write_bytes(b"")
    with pytest.raises(Unfit, match="quotation mark"):
        sign.Signer(pkcs12=odd).command()


def test_a_certificate_of_others_does_not_verify(copy: Callable[[str], Path], keys: Path, tmp_path: Path) -> None:
    other = str(tmp_path / "other.pem")
    openssl(
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Other", "-out", other, "-keyout", f"{other}.key"
    )
    file = copy("program")
    sign.sign(file, sign.Signer(pkcs12=keys / "both.p12", password_file=keys / "password"))
    with pytest.raises(Unbuildable):
        sign.verify(file, Path(other))


def test_the_password_may_come_from_the_environment(
    copy: Callable[[str], Path], keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(sign.PASSWORD, (keys / "password").read_text())
    file = copy("setup")
    assert sign.main([str(file), "--pkcs12", str(keys / "both.p12")]) == 0
    sign.verify(file, keys / "cert.pem")


@pytest.mark.parametrize(
    "words", [[], ["--certificate", "cert.pem"], ["--pkcs12", "both.p12", "--key", "key.pem"], ["--pkcs12", "no"]]
)
def test_what_cannot_sign_leaves_the_file_as_it_is(
    copy: Callable[[str], Path],
    keys: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
) -> None:
    file = copy("program")
    before = file.read_bytes()
    monkeypatch.chdir(keys)
    assert sign.main([str(file), *words]) == 1
    assert capsys.readouterr().err
    assert file.read_bytes() == before


def test_a_wrong_password_leaves_the_file_as_it_is(
    copy: Callable[[str], Path], keys: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = copy("program")
    before = file.read_bytes()
    (tmp_path / "wrong").write_text("wrong")
    words = ["--pkcs12", str(keys / "both.p12"), "--password-file", str(tmp_path / "wrong")]
    assert sign.main([str(file), *words]) == 1
    assert capsys.readouterr().err
    assert file.read_bytes() == before


def test_a_password_is_never_on_a_command_line(
    keys: Path, copy: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def watch(*words: str, folder: Path) -> str:
        seen.extend(words)
        raise Unbuildable("not here")

    monkeypatch.setattr(sign, "run", watch)
    monkeypatch.setenv(sign.PASSWORD, "a secret of the environment")
    sign.main([str(copy("program")), "--pkcs12", str(keys / "both.p12"), "--timestamp", "http://time.invalid"])
    assert seen
    assert not [word for word in seen if "secret" in word]
    assert seen[seen.index("-ts") + 1] == "http://time.invalid"
