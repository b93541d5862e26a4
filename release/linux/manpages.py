"""The manual pages of both programs in every language of the interface, and what a shell completes.

All that can be typed, and what it means, comes from the command line itself (``cli.command_line``), so that no page
says anything else than ``--help``.
"""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass

from kohtaava_desktop import __version__
from kohtaava_desktop.cli.command_line import ALONE, COMMANDS, MEANINGS
from kohtaava_desktop.i18n import LANGUAGES, _, set_language

OPTIONS = {
    "--lang TAG": {
        "en": "Language of the program: fi, sv or en.",
        "fi": "Ohjelman kieli: fi, sv tai en.",
        "sv": "Programmets språk: fi, sv eller en.",
    },
    "--hidden": {
        "en": "Start without the overlay; kohtaava show or a second start brings it up.",
        "fi": "Käynnisty ilman portaita; kohtaava show tai toinen käynnistys tuo ne esiin.",
        "sv": "Starta utan trappan; kohtaava show eller en andra start tar fram den.",
    },
    "--demo": {
        "en": "Play a meeting on separate data.",
        "fi": "Näytä tapaaminen erillisillä tiedoilla.",
        "sv": "Spela upp ett möte med skilda uppgifter.",
    },
    "--pictures DIR": {
        "en": "With --demo: play at once, and leave pictures in DIR.",
        "fi": "Yhdessä --demo-valinnan kanssa: näytä heti ja jätä kuvat kansioon DIR.",
        "sv": "Med --demo: spela genast och lämna bilder i DIR.",
    },
    "--version": {"en": "Tell the version.", "fi": "Kerro versio.", "sv": "Berätta versionen."},
    "--help": {"en": "List the options.", "fi": "Luettele valinnat.", "sv": "Räkna upp valen."},
}
"""What ``kohtaava-desktop`` takes."""

FILES = {
    "~/.local/share/kohtaava-desktop/": {
        "en": "Meetings, and the one in hand.",
        "fi": "Tapaamiset ja käynnissä oleva tapaaminen.",
        "sv": "Mötena, och det som pågår.",
    },
    "~/.config/kohtaava-desktop/": {
        "en": "Settings, and where the overlay stood.",
        "fi": "Asetukset ja portaiden paikka.",
        "sv": "Inställningarna, och trappans plats.",
    },
    "/etc/kohtaava-desktop/policies.json": {
        "en": "What the organisation has set; an example is in /usr/share/doc/kohtaava-desktop/examples.",
        "fi": "Mitä organisaatio on määrännyt; esimerkki on kansiossa /usr/share/doc/kohtaava-desktop/examples.",
        "sv": "Vad organisationen har bestämt; ett exempel finns i /usr/share/doc/kohtaava-desktop/examples.",
    },
}
VARIABLES = {
    "KOHTAAVA_DATA_DIR": {
        "en": "Another folder for meetings.",
        "fi": "Toinen kansio tapaamisille.",
        "sv": "En annan mapp för mötena.",
    },
    "KOHTAAVA_CONFIG_DIR": {
        "en": "Another folder for settings.",
        "fi": "Toinen kansio asetuksille.",
        "sv": "En annan mapp för inställningarna.",
    },
}
WORDS = {
    "name": {"en": "NAME", "fi": "NIMI", "sv": "NAMN"},
    "synopsis": {"en": "SYNOPSIS", "fi": "YLEISKATSAUS", "sv": "SYNOPSIS"},
    "description": {"en": "DESCRIPTION", "fi": "KUVAUS", "sv": "BESKRIVNING"},
    "commands": {"en": "COMMANDS", "fi": "KOMENNOT", "sv": "KOMMANDON"},
    "options": {"en": "OPTIONS", "fi": "VALINNAT", "sv": "VAL"},
    "environment": {"en": "ENVIRONMENT", "fi": "YMPÄRISTÖMUUTTUJAT", "sv": "MILJÖVARIABLER"},
    "files": {"en": "FILES", "fi": "TIEDOSTOT", "sv": "FILER"},
    "exit": {"en": "EXIT STATUS", "fi": "PALUUARVOT", "sv": "RETURKODER"},
    "see": {"en": "SEE ALSO", "fi": "KATSO MYÖS", "sv": "SE ÄVEN"},
    "window": {
        "en": "quiet overlay for the four steps of a client meeting",
        "fi": "hiljainen apu asiakastapaamisen neljään portaaseen",
        "sv": "tyst stöd för kundmötets fyra steg",
    },
    "command": {
        "en": "control the running Kohtaava Desktop",
        "fi": "ohjaa käynnissä olevaa Kohtaava Desktop -ohjelmaa",
        "sv": "styr Kohtaava Desktop som är i gång",
    },
    "stands": {
        "en": "Stands at the edge of the screen during a client meeting and shows the step, the time that is left, and "
        "whether the farewell still fits. A second start brings the first one up.",
        "fi": "Seisoo asiakastapaamisen ajan näytön reunassa ja näyttää portaan, jäljellä olevan ajan ja sen, mahtuuko "
        "hyvästely vielä mukaan. Toinen käynnistys tuo ensimmäisen esiin.",
        "sv": "Står vid skärmens kant under kundmötet och visar steget, tiden som är kvar och om avslutet ännu ryms "
        "med. En andra start tar fram den första.",
    },
}


EXIT_CODES = "Exit codes: 0 done, 2 not understood, 3 refused with the reason, 4 the program is not running."
"""As ``--help`` says it, and the catalogues know it."""


@dataclass(frozen=True, slots=True)
class Page:
    """A manual page: the program that it is about, its language, its text as roff."""

    program: str
    language: str
    text: str

    @property
    def place(self) -> str:
        """Where it lies below ``share``."""
        folder = "man" if self.language == "en" else f"man/{self.language}"
        return f"{folder}/man1/{self.program}.1.gz"

    @property
    def packed(self) -> bytes:
        """The file that lies there, the same in every build."""
        return gzip.compress(self.text.encode("utf-8"), 9, mtime=0)


def pages(date: str) -> Iterator[Page]:
    """All pages, with ``date`` at their foot. Leaves the language of the interface as it finds the system's."""
    for language in LANGUAGES:
        set_language(language)
        yield Page("kohtaava-desktop", language, "\n".join(_window(language, date)) + "\n")
        yield Page("kohtaava", language, "\n".join(_command(language, date)) + "\n")
    set_language(None)


def completion() -> str:
    """What bash completes after ``kohtaava``."""
    options = {
        name: [each.split(" ")[0] for each in syntax.options] for name, syntax in COMMANDS.items() if syntax.options
    }
    cases = [f"        {name}) words='{' '.join(words)}' ;;" for name, words in options.items()]
    first = " ".join((*COMMANDS, *ALONE, "--help", "--version"))
    lines = (
        "# What bash completes after kohtaava.",
        "_kohtaava() {",
        "    local words=--help",
        f"    ((COMP_CWORD > 1)) || words='{first}'",
        '    ((COMP_CWORD == 1)) || case "${COMP_WORDS[1]}" in',
        *cases,
        "    esac",
        '    mapfile -t COMPREPLY < <(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}")',
        "}",
        "complete -o default -F _kohtaava kohtaava",
    )
    return "\n".join(lines) + "\n"


def _window(language: str, date: str) -> Iterator[str]:
    yield from _head("kohtaava-desktop", language, date, WORDS["window"][language])
    yield from (f'.SH "{WORDS["synopsis"][language]}"', ".B kohtaava\\-desktop")
    yield " ".join(f"[{_plain(option)}]" for option in OPTIONS)
    yield from (f'.SH "{WORDS["description"][language]}"', _plain(WORDS["stands"][language]))
    yield f'.SH "{WORDS["options"][language]}"'
    yield from _listed((option, texts[language]) for option, texts in OPTIONS.items())
    yield from _foot("kohtaava", language)


def _command(language: str, date: str) -> Iterator[str]:
    yield from _head("kohtaava", language, date, WORDS["command"][language])
    yield from (f'.SH "{WORDS["synopsis"][language]}"', ".B kohtaava", _plain("COMMAND [ARGUMENT…]"))
    yield f'.SH "{WORDS["commands"][language]}"'
    yield from _listed((syntax.usage(name), _(syntax.about)) for name, syntax in COMMANDS.items())
    yield from (".PP", _plain(_("Without the running program too:")))
    alone = ((name, *row) for name, rows in ALONE.items() for row in rows.items())
    yield from _listed((f"kohtaava {name} {rest}", _(about)) for name, rest, about in alone)
    yield f'.SH "{WORDS["options"][language]}"'
    yield from _listed((part, _(about)) for part, about in MEANINGS.items())
    yield from (f'.SH "{WORDS["exit"][language]}"', _plain(_(EXIT_CODES)))
    yield from _foot("kohtaava-desktop", language)


def _head(program: str, language: str, date: str, about: str) -> Iterator[str]:
    yield '.\\" Made of the command line itself; a change here is lost.'
    yield f'.TH {program.upper()} 1 "{date}" "Kohtaava Desktop {__version__}" "Kohtaava Desktop"'
    yield from (f'.SH "{WORDS["name"][language]}"', f"{_plain(program)} \\- {_plain(about)}")


def _foot(other: str, language: str) -> Iterator[str]:
    for heading, table in (("environment", VARIABLES), ("files", FILES)):
        yield f'.SH "{WORDS[heading][language]}"'
        yield from _listed((name, texts[language]) for name, texts in table.items())
    yield from (f'.SH "{WORDS["see"][language]}"', f".BR {_plain(other)} (1)")


def _listed(rows: Iterator[tuple[str, str]]) -> Iterator[str]:
    for name, about in rows:
        yield from (".TP", f".B {_plain(name)}", _plain(about))


def _plain(text: str) -> str:
    """``text`` so that roff shows it as it stands."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
