"""A request that cannot be understood. Light: the command line imports it before it knows whether it needs words."""


class Misuse(Exception):
    """What was asked is not in the grammar. ``code`` is stable; ``sentence`` says what is allowed."""

    def __init__(self, code: str, template: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.template = template
        self.values = values

    @classmethod
    def no_such_command(cls, asked: object, known: list[str]) -> "Misuse":
        """The refusal of a command that is not among those ``known``."""
        sentence = N_("There is no command {value}; there are: {allowed}.")
        return cls("unknown-command", sentence, value=shown(asked), allowed=", ".join(known))

    @property
    def sentence(self) -> str:
        """The reason in the language in use."""
        from kohtaava_desktop.i18n import _

        return _(self.template).format(**self.values)


def N_(text: str) -> str:  # noqa: N802 - gettext's own name
    """Mark ``text`` for translation, without importing the translations."""
    return text


def shown(value: object) -> str:
    """A value as a sentence names it: on one line and short, whatever it is."""
    match value:
        case str():
            return f'"{_short(value if value.isprintable() else ascii(value)[1:-1])}"'
        case bool():
            return "true" if value else "false"
        case None:
            return "null"
        case int() | float():
            return _short(repr(value))
        case list():
            return "[…]"
    return "{…}"


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
