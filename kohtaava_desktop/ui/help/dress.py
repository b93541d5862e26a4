"""How a document rendered from Markdown is made good to read: margins, colours, the size of pictures, captions."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QSizeF
from PySide6.QtGui import (
    QBrush,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
    QTextFrameFormat,
    QTextTable,
)

# in lines
ABOVE_HEADING = {1: 0.0, 2: 1.6, 3: 1.0}
BELOW_HEADING, BELOW_TEXT, BELOW_ITEM, BELOW_TABLE, BETWEEN_LINES = 0.35, 0.45, 0.1, 0.7, 0.28
CELL_PADDING = 6.0


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a document: its text, its name in links, and where it stands in the text."""

    level: int
    text: str
    name: str
    position: int


@dataclass(frozen=True, slots=True)
class Dress:
    """What a document is dressed in: the height of a line in logical pixels, the colours of links and rules."""

    line: float
    link: QBrush
    rule: QBrush


def add_captions(document: QTextDocument) -> None:
    """Put what a picture shows below it, in words that a screen reader comes to as well. Once for each document."""
    for fragment in reversed(_pictures(document)):
        words = fragment.charFormat().property(QTextFormat.Property.ImageAltText)
        if words:
            caption = QTextCharFormat()
            caption.setProperty(QTextFormat.Property.FontSizeAdjustment, -1)
            caption.setFontItalic(True)
            cursor = QTextCursor(document)
            cursor.setPosition(fragment.position() + fragment.length())
            cursor.insertBlock(QTextBlockFormat(), caption)
            cursor.insertText(words, caption)


def dress(document: QTextDocument, wear: Dress) -> list[Heading]:
    """Dress ``document``, as often as colours or sizes change; returns its headings in their order."""
    headings: list[Heading] = []
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for block in _blocks(document):
        level = block.blockFormat().headingLevel()
        if level:
            headings.append(Heading(level, block.text(), heading_name(block.text()), block.position()))
        cursor.setPosition(block.position())
        cursor.mergeBlockFormat(_shape(cursor, block, level, wear.line))
        for fragment in _fragments(block):
            if fragment.charFormat().isAnchor():
                link = QTextCharFormat()
                link.setForeground(wear.link)
                link.setFontUnderline(True)
                _merge(cursor, fragment, link)
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _dress_table(frame, wear)
    cursor.endEditBlock()
    return headings


def fit_pictures(document: QTextDocument, size_of: Callable[[str], QSizeF], room: float) -> None:
    """Give each picture of ``document`` the size that ``size_of`` tells for its name, smaller where it has no room."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for fragment in _pictures(document):
        image = fragment.charFormat().toImageFormat()
        size = size_of(image.name())
        if not size.isEmpty():  # a picture that is not there has no shape to keep
            width = min(size.width(), room)
            if image.width() != width:
                image.setWidth(width)
                image.setHeight(size.height() * width / size.width())
                _merge(cursor, fragment, image)
    cursor.endEditBlock()


def heading_name(text: str) -> str:
    """The name of a heading in links, as hosts of Markdown make it."""
    kept = (letter for letter in text.strip().lower() if letter.isalnum() or letter in " -_")
    return "".join(kept).replace(" ", "-")


def _shape(cursor: QTextCursor, block: QTextBlock, level: int, line: float) -> QTextBlockFormat:
    shape = QTextBlockFormat()
    if cursor.currentTable() is not None:
        return shape
    if level:
        shape.setTopMargin(line * ABOVE_HEADING.get(level, 1.0))
        shape.setBottomMargin(line * BELOW_HEADING)
        return shape
    if not any(_is_picture(fragment) for fragment in _fragments(block)):  # a picture would be stretched apart
        shape.setLineHeight(line * BETWEEN_LINES, QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value)
        shape.setTopMargin(0)
        shape.setBottomMargin(line * (BELOW_TEXT if block.textList() is None else BELOW_ITEM))
    return shape


def _merge(cursor: QTextCursor, fragment: QTextFragment, wanted: QTextCharFormat) -> None:
    cursor.setPosition(fragment.position())
    cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
    cursor.mergeCharFormat(wanted)


def _dress_table(table: QTextTable, wear: Dress) -> None:
    shape = table.format().toTableFormat()
    shape.setBorder(1)
    shape.setBorderCollapse(True)
    shape.setBorderBrush(wear.rule)
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setCellPadding(CELL_PADDING)
    shape.setBottomMargin(wear.line * BELOW_TABLE)
    table.setFormat(shape)


def _pictures(document: QTextDocument) -> list[QTextFragment]:
    return [fragment for block in _blocks(document) for fragment in _fragments(block) if _is_picture(fragment)]


def _is_picture(fragment: QTextFragment) -> bool:
    return fragment.charFormat().isImageFormat()


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _fragments(block: QTextBlock) -> list[QTextFragment]:
    """The runs of one format in ``block``, taken before any of them is changed."""
    found, place = [], block.begin()
    while not place.atEnd():
        found.append(place.fragment())
        place += 1
    return found
