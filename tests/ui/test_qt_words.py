"""Qt's own dialogs speak the language of the interface, also where Qt's translation has a gap."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel

from kohtaava_desktop import i18n
from kohtaava_desktop.ui.qt_words import QtWords

ENGLISH = ("Look in:", "Files of type:", "Directory:", "File name:", "Cancel", "Save", "Choose")


@pytest.fixture
def words(qapp: QApplication, in_english: None) -> Iterator[QtWords]:
    """What speaks, in English again afterwards."""
    assert in_english is None
    for left in qapp.findChildren(QTranslator):  # what other tests have spoken
        qapp.removeTranslator(left)
    words = QtWords(qapp)
    yield words
    words.speak("en")


def texts(dialog: QFileDialog) -> set[str]:
    """What stands on buttons and beside fields."""
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    parts: list[QLabel | QAbstractButton] = [*dialog.findChildren(QLabel), *dialog.findChildren(QAbstractButton)]
    said = {part.text().replace("&", "") for part in parts if part.text()}
    dialog.deleteLater()
    return said


def dialogs() -> list[QFileDialog]:
    """As the program asks for a folder, and for the file of a picture."""
    folder, picture = QFileDialog(), QFileDialog()
    folder.setFileMode(QFileDialog.FileMode.Directory)
    picture.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    return [folder, picture]


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_no_word_of_a_file_dialog_stays_english(words: QtWords, language: str) -> None:
    i18n.set_language(language)
    words.speak(language)
    for dialog in dialogs():
        said = texts(dialog)
        assert len(said) >= 5
        assert said.isdisjoint(ENGLISH)


def test_back_in_english_the_words_are_english(words: QtWords) -> None:
    i18n.set_language("fi")
    words.speak("fi")
    i18n.set_language("en")
    words.speak("en")
    assert {"Look in:", "Files of type:", "Cancel"} <= texts(dialogs()[0])
