"""The style of Qt's own widgets: Fusion, with outlines that can be seen on every ground."""

from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionComplex,
    QStyleOptionMenuItem,
    QWidget,
)

OUTLINED = (
    QStyle.PrimitiveElement.PE_Frame,
    QStyle.PrimitiveElement.PE_FrameLineEdit,
    QStyle.PrimitiveElement.PE_PanelLineEdit,
    QStyle.PrimitiveElement.PE_FrameMenu,
    QStyle.PrimitiveElement.PE_PanelMenu,
    QStyle.PrimitiveElement.PE_FrameGroupBox,
    QStyle.PrimitiveElement.PE_FrameTabWidget,
    QStyle.PrimitiveElement.PE_PanelTipLabel,
    QStyle.PrimitiveElement.PE_IndicatorCheckBox,
    QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck,
    QStyle.PrimitiveElement.PE_IndicatorRadioButton,
    QStyle.PrimitiveElement.PE_PanelButtonCommand,
)
OUTLINED_WHOLE = (
    QStyle.ComplexControl.CC_SpinBox,
    QStyle.ComplexControl.CC_ComboBox,
    QStyle.ComplexControl.CC_Slider,
)
SEPARATOR = QStyleOptionMenuItem.MenuItemType.Separator
MARGIN = 5  # on both sides of that line
DARKER = 140  # Fusion's outline is the colour of the window, darker by this


class Outlines(QProxyStyle):
    """Fusion darkens the ground to draw an outline, which on a dark ground nobody sees; here it is the muted ink."""

    def __init__(self) -> None:
        super().__init__("fusion")

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """As Fusion, told of another ground where there is an outline."""
        if element not in OUTLINED:
            super().drawPrimitive(element, option, painter, widget)
            return
        before = QPalette(option.palette)
        option.palette = _for_outlines(before)
        super().drawPrimitive(element, option, painter, widget)
        option.palette = before

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """As Fusion, but for the line between entries of a menu, which that draws in a shade of black."""
        if not isinstance(option, QStyleOptionMenuItem) or option.menuItemType is not SEPARATOR or option.text:
            super().drawControl(element, option, painter, widget)
            return
        line = option.rect.adjusted(MARGIN, 0, -MARGIN, 0)
        line.setTop(option.rect.center().y())
        line.setHeight(1)
        painter.fillRect(line, option.palette.placeholderText())

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """As Fusion, told of another ground where there is an outline."""
        if control not in OUTLINED_WHOLE:
            super().drawComplexControl(control, option, painter, widget)
            return
        before = QPalette(option.palette)
        option.palette = _for_outlines(before)
        super().drawComplexControl(control, option, painter, widget)
        option.palette = before


def put_on(app: QApplication) -> None:
    """From now on ``app`` draws its outlines so that they can be seen; not needed for the first frame."""
    app.setStyle(Outlines())


def _for_outlines(palette: QPalette) -> QPalette:
    changed = QPalette(palette)
    changed.setColor(QPalette.ColorRole.Window, palette.placeholderText().color().lighter(DARKER))
    return changed
