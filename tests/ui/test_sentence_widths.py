"""What stands on the overlay fits there: two lines of 290 design pixels, in the widest font a desktop has."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication

from kohtaava_desktop import i18n
from kohtaava_desktop.domain.events import GapKind
from kohtaava_desktop.domain.reminders import Reminder
from kohtaava_desktop.i18n import sentences
from kohtaava_desktop.ui.theme import Role, Type

WIDTH = 290.0


@pytest.fixture(params=sorted(i18n.LANGUAGES), autouse=True)
def tag(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each interface language in turn."""
    before = i18n.language()
    i18n.set_language(request.param)
    yield request.param
    i18n.set_language(before)


def _lines(text: str, role: Role) -> int:
    metrics = QFontMetricsF(Type(QFont("DejaVu Sans"), 96.0).font(role))
    bounds = metrics.boundingRect(QRectF(0, 0, WIDTH, 1000), int(Qt.TextFlag.TextWordWrap), text)
    assert bounds.width() <= WIDTH, "a word is wider than the overlay"
    return round(bounds.height() / metrics.lineSpacing())


@pytest.mark.parametrize("reminder", Reminder)
def test_a_reminder_takes_two_lines_at_most(qapp: QApplication, reminder: Reminder) -> None:
    assert qapp.platformName() == "offscreen"
    assert _lines(sentences.reminder(reminder), Role.SENTENCE) <= 2


@pytest.mark.parametrize("kind", GapKind)
def test_a_question_takes_two_lines_at_most(qapp: QApplication, kind: GapKind) -> None:
    assert qapp.platformName() == "offscreen"
    assert _lines(sentences.gap_question(kind, 239), Role.SENTENCE) <= 2


def test_the_announcement_takes_three_lines_at_most(qapp: QApplication) -> None:
    assert qapp.platformName() == "offscreen"
    assert _lines(sentences.announcement(240, 20, 45), Role.SAY) <= 3
