"""The client card on computers whose fonts lack a script: a program of its own with only some fonts installed."""

import json
import os
import subprocess
import sys
from pathlib import Path

FONTS = Path("/usr/share/fonts")
PROGRAM = """
import json
from PySide6.QtWidgets import QApplication, QLabel
from kohtaava_desktop import i18n
from kohtaava_desktop.ui.cards.client_card import ClientCard
from kohtaava_desktop.ui.theme import LIGHT
app = QApplication(["card", "-platform", "offscreen"])
i18n.set_language("fi")
shown = {}
for tag in ("ti", "ar", "fa", "uk", "ku"):
    card = ClientCard(LIGHT, tag, 45, 10, 45, translucent=True)
    shown[tag] = [card.language, card.findChildren(QLabel)[1].text()]
grey = {tag: [chip.text(), chip.toolTip(), chip.accessibleDescription()]
        for tag, chip in card.chips.items() if not chip.isEnabled()}
print(json.dumps({"shown": shown, "grey": grey}))
"""


def card_with(room: Path, *files: str) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """What the card shows in five languages, and its grey chips, where only ``files`` are installed."""
    fonts = room / "fonts"
    fonts.mkdir()
    for name in files:
        found = sorted(FONTS.rglob(name))
        assert found, f"{name} is not installed: it comes with the package fonts-dejavu-core"
        (fonts / name).symlink_to(found[0])
    config = room / "fonts.conf"
    config.write_text(
        f"<fontconfig><dir>{fonts}</dir><cachedir>{room / 'cache'}</cachedir></fontconfig>\n", encoding="utf-8"
    )
    environment = {**os.environ, "FONTCONFIG_FILE": str(config), "XDG_DATA_HOME": str(room)}
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    told = json.loads(ran.stdout)
    return told["shown"], told["grey"]


def test_scripts_without_letters_are_grey_with_the_reason(tmp_path: Path) -> None:
    shown, grey = card_with(tmp_path, "DejaVuSerif.ttf")
    reason = "Tältä tietokoneelta puuttuvat tämän kielen kirjaimet"
    assert grey == {
        "ar": ["Arabia", reason, reason],
        "fa": ["Persia", reason, reason],
        "ti": ["Tigrinja", reason, reason],
    }
    for tag in grey:
        assert shown[tag] == ["fi", "45 minuuttia"], "never a card of empty boxes"
    assert shown["uk"] == ["uk", "45 хвилин"]
    assert shown["ku"] == ["ku", "45 deqîqe"]


def test_letters_of_any_installed_font_will_do(tmp_path: Path) -> None:
    shown, grey = card_with(tmp_path, "DejaVuSerif.ttf", "DejaVuSans.ttf")
    assert set(grey) == {"ti"}, "the second font has Arabic letters"
    assert shown["ar"] == ["ar", "45 دقيقة"]
    assert shown["ti"] == ["fi", "45 minuuttia"]
