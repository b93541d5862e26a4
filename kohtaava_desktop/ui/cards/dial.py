"""The clock face on the client card: the same promise without words."""

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kohtaava_desktop.ui.theme import Palette

SHADE = 0.28  # of the colour, in the minutes that there are


class Dial(QWidget):
    """A clock as it will stand at the end, with the minutes until then shaded.

    It is understood where hours are counted from sunrise, and by those who do not read.
    """

    def __init__(self, parent: QWidget, palette: Palette, minutes: int, hour: int, minute: int) -> None:
        super().__init__(parent)
        self._palette = palette
        self._minutes, self._hour, self._minute = minutes, hour, minute
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the face, the minutes there are (an hour at most goes round), the marks and both hands."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = min(self.width(), self.height()) / 2 - 2
        painter.translate(self.width() / 2, self.height() / 2)
        face = QRectF(-radius, -radius, 2 * radius, 2 * radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._palette.button))
        painter.drawEllipse(face)
        sweep = min(self._minutes, 60) * 6
        tint = QColor(self._palette.primary)
        tint.setAlphaF(SHADE)
        painter.setPen(_pen(self._palette.primary, radius * 0.02))  # the shade alone is too faint for some eyes
        painter.setBrush(tint)
        inner = face.marginsRemoved(_even(radius * 0.16))
        painter.drawPie(inner, round((90 - self._minute * 6) * 16), round(sweep * 16))
        self._paint_marks(painter, radius)
        self._paint_hand(painter, (self._hour % 12 + self._minute / 60) * 30, radius * 0.46, radius * 0.075)
        self._paint_hand(painter, self._minute * 6, radius * 0.76, radius * 0.05)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._palette.text))
        painter.drawEllipse(QPointF(0, 0), radius * 0.065, radius * 0.065)

    def _paint_marks(self, painter: QPainter, radius: float) -> None:
        for hour in range(12):
            quarter = hour % 3 == 0
            painter.save()
            painter.rotate(hour * 30)
            painter.setPen(_pen(self._palette.muted, radius * (0.04 if quarter else 0.022)))
            painter.drawLine(QPointF(0, -radius * 0.93), QPointF(0, -radius * (0.85 if quarter else 0.89)))
            painter.restore()

    def _paint_hand(self, painter: QPainter, degrees: float, length: float, width: float) -> None:
        painter.save()
        painter.rotate(degrees)
        painter.setPen(_pen(self._palette.text, width))
        painter.drawLine(QPointF(0, 0), QPointF(0, -length))
        painter.restore()


def _pen(colour: str, width: float) -> QPen:
    return QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)


def _even(margin: float) -> QMarginsF:
    return QMarginsF(margin, margin, margin, margin)
