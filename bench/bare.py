"""What every figure is compared with: a frameless window that stays on top, with one label.

Run by path, as ``python -P bench/bare.py``, so that nothing is imported but this. It ends after its first frame; with
``--stay`` it says so and stays.
"""

import os
import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

FLAGS = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint


class Bare(QWidget):
    """Leaves the event loop when it has been painted for the first time."""

    painted = False

    def paintEvent(self, _event: object) -> None:
        """Painted: the loop ends once this frame is on the screen."""
        if not self.painted:
            self.painted = True
            application.exit()


application = QApplication(["bare"])
window = Bare(None, FLAGS)
window.setGeometry(40, 40, 344, 44)
QLabel("45 min", window)
window.show()
application.exec()
if "--stay" not in sys.argv:
    os._exit(0)
print("painted", flush=True)
application.exec()
