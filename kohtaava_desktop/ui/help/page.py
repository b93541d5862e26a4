"""One document of the guide on a page: rendered from Markdown, in the colours of the window, with its pictures."""

from pathlib import Path

from PySide6.QtCore import QEvent, QSizeF, Qt, QUrl, Signal
from PySide6.QtGui import QImage, QPalette, QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from kohtaava_desktop.ui.help.dress import Dress, Heading, add_captions, dress, fit_pictures

PICTURE_RATIO = 2.0  # the pictures of the guide are taken at 200 %
COLUMN_LETTERS = 92  # a longer line is hard to read
BESIDE_LETTERS = 2
ZOOMS = range(-3, 25)  # points beside the size of the system's own type


class HelpPage(QTextBrowser):
    """Shows the Markdown documents in ``folder`` and their pictures, and nothing from elsewhere.

    A link that leads out of the folder is never followed; ``outside`` tells its address.
    """

    outside = Signal(str)
    arrived = Signal()  # another document stands here

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = self._path = folder.resolve()
        self._before: list[tuple[Path, int]] = []
        self._pictures: dict[Path, QImage] = {}
        self._zoom, self._points = 0, self.font().pointSizeF()
        self.headings: list[Heading] = []
        self.setOpenLinks(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.anchorClicked.connect(self.follow)

    # documents

    def start_at(self, path: Path) -> bool:
        """Show the document at ``path``, with no way back; false, and nothing changes, where it cannot be read."""
        if not self._open(path.resolve()):
            return False
        self._before.clear()
        self.arrived.emit()
        return True

    def follow(self, url: QUrl) -> None:
        """Go where a link leads: to a heading, or to another of the documents; otherwise only tell its address."""
        path = self._inside(url)
        here = (self._path, self.verticalScrollBar().value())
        if path is None or (path != self._path and not self._open(path)):
            self.outside.emit(url.toString())
            return
        if path != here[0]:
            self._before.append(here)
            self.arrived.emit()
        if url.hasFragment():
            self.go_to(url.fragment(QUrl.ComponentFormattingOption.FullyDecoded))

    @property
    def can_go_back(self) -> bool:
        """Whether another document stood here before."""
        return bool(self._before)

    def go_back(self) -> None:
        """Show the document that stood here before, at the place where it was left."""
        if self._before:
            path, place = self._before.pop()
            self._open(path)
            self.verticalScrollBar().setValue(place)
            self.arrived.emit()

    def go_to(self, name: str) -> None:
        """Bring the heading ``name`` to the top, with the text cursor, from where a screen reader reads on."""
        for heading in self.headings:
            if heading.name == name:
                cursor = self.textCursor()
                cursor.setPosition(heading.position)
                self.setTextCursor(cursor)
                layout = self.document().documentLayout()
                self.verticalScrollBar().setValue(round(layout.blockBoundingRect(cursor.block()).top()))
                return

    def heading_on_top(self) -> Heading | None:
        """The last heading that has come to the upper edge."""
        top = self.cursorForPosition(self.viewport().rect().topLeft()).block()
        passed = [each for each in self.headings if each.position <= top.position()]
        return passed[-1] if passed else next(iter(self.headings), None)

    def _open(self, path: Path) -> bool:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return False
        self._path = path
        self.setMarkdown(text)
        add_captions(self.document())
        self._dress()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)
        return True

    def _inside(self, url: QUrl) -> Path | None:
        """The file that ``url`` names; ``None`` where it lies outside the folder or does not exist."""
        if not url.isRelative():
            return None
        path = (self._path.parent / url.path()).resolve() if url.path() else self._path
        return path if path.is_relative_to(self._folder) and path.is_file() else None

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture of the documents; nothing else is ever loaded for a text."""
        if kind == QTextDocument.ResourceType.ImageResource.value:
            return self._picture(QUrl(name))
        return None

    def _picture(self, url: QUrl) -> QImage:
        path = self._inside(url)
        if path is None:
            return QImage()
        if path not in self._pictures:
            image = QImage(str(path))
            image.setDevicePixelRatio(PICTURE_RATIO)
            self._pictures[path] = image
        return self._pictures[path]

    def _size_of(self, name: str) -> QSizeF:
        """The size of the picture ``name``: it grows and shrinks with the type."""
        return self._picture(QUrl(name)).deviceIndependentSize() * (1 + self._zoom / self._points)

    # how it looks

    def zoom(self, by: int) -> None:
        """Larger type and pictures, or smaller ones; with 0, the size that they had at first."""
        wanted = self._zoom + by if by else 0
        if wanted in ZOOMS:
            change, self._zoom = wanted - self._zoom, wanted
            self.zoomIn(change)
            self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Other colours: links and rules go along."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self.headings:
            self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The column of text stays in the middle, and no wider than can be read."""
        super().resizeEvent(event)
        self._set_margins()

    def _dress(self) -> None:
        place = self.verticalScrollBar().value()
        link, rule = (self.palette().brush(role) for role in (QPalette.ColorRole.Link, QPalette.ColorRole.Mid))
        self.headings = dress(self.document(), Dress(float(self.fontMetrics().height()), link, rule))
        self._set_margins()
        self.verticalScrollBar().setValue(place)

    def _set_margins(self) -> None:
        frame = self.document().rootFrame()
        shape = frame.frameFormat()
        letter = self.fontMetrics().averageCharWidth()
        beside = max(float(BESIDE_LETTERS * letter), (self.viewport().width() - COLUMN_LETTERS * letter) / 2)
        if shape.leftMargin() != beside:
            shape.setMargin(beside)
            shape.setTopMargin(BESIDE_LETTERS * letter)
            shape.setBottomMargin(2 * BESIDE_LETTERS * letter)
            frame.setFrameFormat(shape)
        fit_pictures(self.document(), self._size_of, self.viewport().width() - 2 * beside)
