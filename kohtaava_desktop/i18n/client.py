"""The card for the client: how much time there is, in the client's own language.

Nothing here is built from parts that inflect together. Each line stands by itself, like a label: what it is about, the
duration as CLDR counts it, and the clock. Babel is imported when the first card is asked for.
"""

from dataclasses import dataclass

from kohtaava_desktop import i18n
from kohtaava_desktop.i18n.formats import fill_time, live_time_pattern

CARD_LANGUAGES = {
    "fi": "Suomi",
    "sv": "Svenska",
    "en": "English",
    "et": "Eesti",
    "ru": "Русский",
    "uk": "Українська",
    "ar": "العربية",
    "fa": "فارسی / دری",
    "so": "Soomaali",
    "ti": "ትግርኛ",
    "ku": "Kurmancî",
}
"""The languages of the card and their own names, in the order in which they are offered. Persian serves Dari too."""

_RIGHT_TO_LEFT = ("ar", "fa")
_ISOLATED = "\u2068{}\u2069"  # FSI … PDI: the digits of a time keep their order among right-to-left words
_NO_HOURS = 99_999  # a threshold that no length reaches, so that 90 minutes stay 90 minutes


@dataclass(frozen=True, slots=True)
class CardText:
    """The three lines of a card; ``rtl`` is true where they are read from right to left."""

    title: str
    duration: str
    until: str
    rtl: bool


def card_text(language: str, minutes: int, hour: int, minute: int) -> CardText:
    """The card in ``language`` for ``minutes`` until ``hour:minute``; raises ``KeyError`` for one not offered.

    Digits are the ones on clocks in Finland in every language, so that they can be compared with the clock on the wall.
    """
    if language not in CARD_LANGUAGES:
        raise KeyError(language)
    translated = i18n.catalogue("client", language).gettext  # its texts are those of the English client.po
    rtl = language in _RIGHT_TO_LEFT
    time = fill_time(live_time_pattern(language), hour, minute)
    return CardText(
        title=translated("Time today"),
        duration=duration(language, minutes),
        until=translated("until {time}").format(time=_ISOLATED.format(time) if rtl else time),
        rtl=rtl,
    )


def duration(language: str, minutes: int) -> str:
    """``minutes`` in words.

    By way of a time delta: Babel's ``format_unit`` has no long form for Persian and shows the key instead.
    """
    from datetime import timedelta

    from babel.dates import format_timedelta

    return format_timedelta(timedelta(minutes=minutes), granularity="minute", threshold=_NO_HOURS, locale=language)


def spoken_name(language: str) -> str:
    """The name of a card language in the language of the interface, for those who cannot read the client's."""
    from babel import Locale

    name: str = Locale.parse(i18n.language()).languages[language]
    return name[0].upper() + name[1:]
