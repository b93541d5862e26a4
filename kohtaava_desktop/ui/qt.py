"""Qt for Python, loaded so that it does not slow down what is imported after it."""

import builtins
import linecache


def load() -> None:
    """Import what the overlay needs of Qt, and take back what that does to ``import``.

    PySide6 puts a function of its own in the place of ``import``. From then on that reads the source text of every
    module that is imported, to see whether ``from __feature__ import …`` is of interest there, and the texts stay in
    memory: 8 MB of them for this program, and a tenth of its start. Nothing here uses ``__feature__``.
    """
    from PySide6 import QtCore, QtGui, QtWidgets  # noqa: F401

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
    linecache.clearcache()
