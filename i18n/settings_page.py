"""``docs/settings.md``, made of the table of settings."""

from collections.abc import Iterator

from i18n.policy_templates import EXAMPLE, WINDOWS, example
from kohtaava_desktop.settings.policy import FILE
from kohtaava_desktop.settings.registry import KEY
from kohtaava_desktop.settings.schema import LONGEST_PATH, SETTINGS, Group, Kind, Setting
from kohtaava_desktop.settings.text import text_of

_UNITS = {"s": "seconds", "min": "minutes"}
_HEAD = """\
# Settings

<!-- Made of kohtaava_desktop/settings/schema.py by `make pages`; a change here is lost. -->

Everything works without changing any of these. There are three ways to change one: the settings dialog, in the menu of
the overlay; `kohtaava settings` ([command line](command-line.md)); and the file `settings.json`, which both of them
write. A change by the first two is in force at once, one in the file at the next start.

`settings.json` is one JSON object with the names below, in `~/.config/kohtaava-desktop/` on Linux and in
`%LOCALAPPDATA%\\Kohtaava Desktop` on Windows; `KOHTAAVA_CONFIG_DIR` moves it. A value that is not allowed, and a name
that is no setting, is named in one sentence on the overlay, and the program goes on with the default. So it is with a
file that cannot be understood; when a setting is next changed, it is kept as `settings-damaged-1.json`.

The last column says what an [organisation](#for-organisations) can do: *lock* a setting, *suggest* a value in place of
the default, or set a *limit*.
"""
_POLICIES = """\
## For organisations

A policy is a value that an organisation sets for its users. Of several values of one setting, this one is in force:

| setting | strongest first |
|---|---|
| *lock* | the machine's policy, the user's policy, the user's own value, the default |
| *suggest* | the user's own value, the machine's policy, the user's policy, the default |
| *limit* | the largest of the machine's policy, the user's policy and the default; users cannot set it |

A locked setting is shown to its user, disabled, with the reason, and `kohtaava settings set` refuses it with exit
code 3. What makes the program readable and usable for one person (language, colours, size, opacity, form, sound,
shortcuts) is never locked: [decision 0007](decisions/0007-what-policy-may-lock.md). The limits say how small a group
of meetings may be when figures leave a computer; a policy can make them stricter, and nothing can make them laxer. A
number beyond the strictest that is allowed stands for the strictest.

Policies are read when the program starts. A value that is not allowed and a name that is no setting have no effect;
each is named on the overlay in one sentence with the place where it stands, and so is a policy that cannot be read at
all. `kohtaava settings list` shows every value that is in force, with the place that it comes from.

### Linux

The policy of the machine is the file `{file}`, one JSON object with the names above. It must belong to root, nobody
else may be able to write to it, and it may be 1 MiB long at most; otherwise it is not used, because whoever can write
it decides how long the meetings of others are kept. It may be a link to such a file. Everybody must be able to read it
(mode 0644). An example ([{example_name}](../{example_path})):

```json
{example}```

### Windows

Values of the key `{key}` in `HKEY_LOCAL_MACHINE` are the machine's policy, those in
`HKEY_CURRENT_USER` the user's. The name of a value is that of the setting.

| setting is | type | data |
|---|---|---|
| true or false | `REG_DWORD` | 1 or 0 |
| a whole number | `REG_DWORD` | the number |
| one of several words, a shortcut | `REG_SZ` | the word |
| a list of whole numbers | `REG_SZ`, or `REG_MULTI_SZ` | `30,45,60`, or a number in each line |

For Group Policy and Intune there is a template, [kohtaava.admx](../{windows}/kohtaava.admx), with its
texts in English, Finnish and Swedish beside it. Copy it and the folders of the languages into
`%SystemRoot%\\PolicyDefinitions` or the central store; the policies are then below *Administrative Templates*,
*Kohtaava Desktop*, for computers and for users.
"""


def page() -> str:
    """The whole page."""
    parts = [_HEAD]
    for group in Group:
        settings = [setting for setting in SETTINGS if setting.group is group]
        parts.append("\n".join([f"## {group.value}", "", *_table(settings)]) + "\n")
    policies = _POLICIES.format(
        file=FILE,
        example=example(),
        example_name=EXAMPLE.name,
        example_path=EXAMPLE.as_posix(),
        key=KEY,
        windows=WINDOWS.as_posix(),
    )
    return "\n".join([*parts, policies])


def _table(settings: list[Setting]) -> Iterator[str]:
    yield "| name | what it does | values | default | policy |"
    yield "|---|---|---|---|---|"
    for setting in settings:
        about = f"**{setting.title}.** {setting.description}"
        yield f"| `{setting.name}` | {about} | {_values(setting)} | {_code(setting.default)} | {_policy(setting)} |"


def _values(setting: Setting) -> str:
    unit = f" {_UNITS.get(setting.unit, setting.unit)}" if setting.unit else ""
    match setting.kind:
        case Kind.SWITCH:
            return "`true`, `false`"
        case Kind.CHOICE:
            return ", ".join(f"{_code(word)} ({label})" for word, label in setting.choices)
        case Kind.NUMBERS:
            return f"a list of whole numbers, {setting.lowest}–{setting.highest}{unit}"
        case Kind.SHORTCUT:
            return 'a shortcut like `Ctrl+Alt+Up` or `Meta+F9`, or `""`'
        case Kind.FOLDER:
            return f'an absolute path of at most {LONGEST_PATH} characters, or `""`'
    return f"{setting.lowest}–{setting.highest}{unit}"


def _code(value: bool | int | str | tuple[int, ...]) -> str:
    text = f"[{text_of(value).replace(',', ', ')}]" if isinstance(value, tuple) else text_of(value)
    return f"`{text}`" if text else '`""`'


def _policy(setting: Setting) -> str:
    return "limit" if setting.limit else "lock" if setting.lockable else "suggest"
