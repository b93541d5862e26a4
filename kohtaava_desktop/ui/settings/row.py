"""One setting in the settings window: its title, its control, what it is for, who has set it, and what is wrong."""

from collections.abc import Callable, Iterator
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kohtaava_desktop.i18n import _, sentences
from kohtaava_desktop.settings.errors import IsLimit, Managed, SettingError, ShortcutTaken
from kohtaava_desktop.settings.layers import BadValue, Origin, Wrong
from kohtaava_desktop.settings.loader import Settings
from kohtaava_desktop.settings.schema import BY_NAME, Kind, Setting, Value
from kohtaava_desktop.ui.settings.editors import Editor, editor_for, hint_of, words_of
from kohtaava_desktop.ui.settings.folder_edit import FolderEdit
from kohtaava_desktop.ui.settings.parts import Reason, SignButton, Words
from kohtaava_desktop.ui.settings.signs import paint_back, paint_cross

Trouble = Callable[[str], str | None]
"""What is wrong with the setting of a name, as a sentence."""
GAP = 20  # design pixels between the texts and the control


class SettingRow(QWidget):
    """Shows ``setting`` as ``settings`` has it, and sets it there. ``trouble`` is asked whenever the row is shown anew.

    ``said`` are sentences that somebody who does not see the row has to hear.
    """

    said = Signal(str)

    def __init__(self, setting: Setting, settings: Settings, trouble: Trouble) -> None:
        super().__init__()
        self.setting, self._settings, self._trouble_of = setting, settings, trouble
        self._refusal = ""
        self.editor = editor_for(setting, self._choose, self._refuse)
        self.title, self._description = Words("title"), Words("muted")
        self.reason, self.trouble = Reason(), Words("trouble")
        self._clears = setting.kind is Kind.SHORTCUT
        self.reset = SignButton(paint_cross if self._clears else paint_back)
        self.reset.clicked.connect(self._reset)
        self.title.setBuddy(self.editor)
        self._lay_out()
        self.speak()

    @property
    def _control(self) -> Editor:
        return cast("Editor", self.editor)

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(3)
        for label in (self.title, self._description, self.reason, self.trouble):
            texts.addWidget(label)
        texts.addStretch()
        self._side = QWidget()
        controls = QHBoxLayout(self._side)
        controls.setContentsMargins(0, 0, 0, 0)
        controls.setSpacing(4)
        narrow = self.setting.kind is Kind.SWITCH
        controls.addWidget(self.editor, 0 if narrow else 1)
        if narrow:
            controls.addStretch(1)
        controls.addWidget(self.reset)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addLayout(texts, 1)
        self._layout.addWidget(self._side, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the keyboard comes by, in order."""
        inside = (self.editor.button,) if isinstance(self.editor, FolderEdit) else ()
        return self.editor, *inside, self.reason, self.reset

    # where everything lies

    @property
    def wanted(self) -> int:
        """The width that the control would take, with what stands beside it."""
        return self.editor.sizeHint().width() + 4 + self.reset.sizeHint().width()

    @property
    def longest_word(self) -> int:
        """How wide the longest word of the texts is."""
        labels = (self.title, self._description, self.reason, self.trouble)
        return max(label.minimumSizeHint().width() for label in labels)

    def fit(self, width: int, stacked: bool, u: float) -> None:
        """Give the control ``width``, beside the texts, or below them where ``stacked``."""
        direction = QBoxLayout.Direction
        self._layout.setDirection(direction.TopToBottom if stacked else direction.LeftToRight)
        self._layout.setSpacing(round((6 if stacked else GAP) * u))
        self._layout.setContentsMargins(0, round(11 * u), 0, round(11 * u))
        self._side.setFixedWidth(width)

    # in a language, and with a value

    def speak(self) -> None:
        """Take texts anew, in the language in use."""
        self.title.setText(_(self.setting.title))
        self._description.setText(_(self.setting.description))
        self._control.speak()
        self.editor.setAccessibleName(_(self.setting.title))
        self.reset.speak(_("Clear") if self._clears else _("Reset to default"), _(self.setting.title))
        self._refusal = ""  # it was said in the other language
        self.follow()

    def follow(self, anew: bool = False) -> None:
        """Show what is in force; ``anew``: the value has changed, and what was refused before is past."""
        name, settings = self.setting.name, self._settings
        if anew:
            self._refusal = ""
        if anew or not self.editor.hasFocus():  # what somebody is typing stays unless the value itself has changed
            self._control.show_value(settings.value(name))
        managed = settings.managed(name)
        had_focus = self.editor.hasFocus() or self.reset.hasFocus()
        self.editor.setEnabled(not managed)
        to_undo = bool(settings.value(name)) if self._clears else settings.origin(name) is Origin.USER
        self.reset.show_for(to_undo and not managed)
        self._show_reason(managed)
        self._show_trouble()
        if had_focus and not (self.editor.hasFocus() or self.reset.hasFocus()):
            (self.reason if managed else self.editor).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_reason(self, managed: bool) -> None:
        place = self._settings.place(self.setting.name)
        reason = self._reason(managed)
        self.reason.setVisible(bool(reason))
        self.reason.setText(reason)
        self.reason.setToolTip(place if reason else "")
        # a control that is disabled takes no keyboard: this is what Tab comes to instead
        self.reason.setFocusPolicy(Qt.FocusPolicy.StrongFocus if managed else Qt.FocusPolicy.NoFocus)
        value = words_of(self.setting, self._settings.value(self.setting.name))
        self.reason.setAccessibleName(f"{_(self.setting.title)}: {value}. {reason}" if reason else "")
        self.reason.setAccessibleDescription(place if reason else "")

    def _reason(self, managed: bool) -> str:
        if self._settings.origin(self.setting.name).policy:
            if managed:
                return _("Managed by your organisation")
            return _("Set by your organisation; you can change it")
        return _("Only your organisation can change this") if managed else ""

    def _show_trouble(self) -> None:
        name = self.setting.name
        found = [self._refusal, *(fault_of(bad) for bad in self._settings.problems if bad.name == name)]
        sentence = next(filter(None, [*found, self._trouble_of(name) or ""]), "")
        self.trouble.setVisible(bool(sentence))
        self.trouble.setText(sentence)
        self.editor.setAccessibleDescription(" ".join(filter(None, self._spoken())))
        self.editor.setToolTip(hint_of(self.setting))

    def _spoken(self) -> Iterator[str]:
        """What assistive technology says of the control, the most urgent first."""
        yield self.trouble.text()
        if self.reason.text():
            place = self.reason.toolTip()
            yield f"{self.reason.text()} ({place})." if place else f"{self.reason.text()}."
        yield _(self.setting.description)
        yield hint_of(self.setting)

    # from the user

    def commit(self) -> None:
        """Let what has been typed count as chosen."""
        self._control.commit()

    def _choose(self, value: Value) -> None:
        if value != self._settings.value(self.setting.name):
            self._attempt(lambda: self._settings.set(self.setting.name, value))
        else:
            self.follow(anew=True)

    def _reset(self) -> None:
        name, settings = self.setting.name, self._settings
        self._attempt(lambda: settings.set(name, "") if self._clears else settings.reset(name))
        if not self.reset.isEnabled():
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _attempt(self, change: Callable[[], None]) -> None:
        try:
            change()
        except SettingError as error:
            self._refuse(refusal_of(error))
            self._control.show_value(self._settings.value(self.setting.name))
        else:
            self.follow(anew=True)

    def _refuse(self, sentence: str) -> None:
        self._refusal = sentence
        self._show_trouble()
        self.said.emit(sentence)


def refusal_of(error: SettingError) -> str:
    """Why a setting was not changed, in the words that the user sees."""
    match error:
        case ShortcutTaken():
            return _already_used(error.other)
        case IsLimit():
            return _("Only your organisation can change this")
        case Managed():
            return _("Managed by your organisation")
    return sentences.setting_refused(error.code, error.values)


def fault_of(bad: BadValue) -> str:
    """What is wrong with a value in a file, in the words that the user sees."""
    if bad.wrong is Wrong.TAKEN:
        return _already_used(bad.allowed)
    return sentences.bad_setting(bad.place, bad.name, bad.value, bad.allowed, bad.wrong.value)


def _already_used(name: str) -> str:
    return _("These keys already belong to “{title}”.").format(title=_(BY_NAME[name].title))
