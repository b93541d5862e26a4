"""What wixl has no words for, as changes of the package's tables: conditions, order of actions, properties.

Kept in step with ``wxs``: every component, property and action named here is one of the package's.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from release.windows.product import ABOUT, LOWEST_BUILD, OWN_KEY, POLICY_KEY

NONE = "none"
"""What a property is given to take back what an earlier version was installed with."""

_CHECKS = (
    (
        f"BUILD >= {LOWEST_BUILD}",
        "Kohtaava Desktop tarvitsee 64-bittisen Windows 10:n (1809) tai uudemman.  |  "
        "Kohtaava Desktop behöver 64-bitars Windows 10 (1809) eller senare.  |  "
        "Kohtaava Desktop needs 64-bit Windows 10 (1809) or newer.",
    ),
    (
        'NOT AUTOSTART OR AUTOSTART = "0" OR AUTOSTART = "1"',
        "AUTOSTART: 0 / 1.",
    ),
    (
        f'NOT LANG OR LANG = "fi" OR LANG = "sv" OR LANG = "en" OR LANG = "{NONE}"',
        f"LANG: fi / sv / en / {NONE}.",
    ),
    (
        "NOT TeamFolderIsNone",
        "TEAMFOLDER: kansion koko polku, hela sökvägen till mappen, the whole path of the folder: "
        rf"C:\…, \\server\share, {NONE}; max. 1000.",
    ),
)
"""Conditions on which the package is installed, and what is said otherwise."""


_WITH_WINDOWS = (
    *("FindRelatedProducts", "LaunchConditions", "ValidateProductID", "CostInitialize", "FileCost", "CostFinalize"),
    "MigrateFeatureStates",
)
"""What wixl would have done twice where the package is installed with windows. Only ``ExecuteAction`` is left."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A property that stands at the next version as it was given, unless it is given again.

    ``value`` is where it is noted in the package's own key. ``policy`` is the policy that it has set, if any: what
    stands there by now, by a group policy perhaps, is what is kept.
    """

    property: str
    value: str
    policy: str = ""

    def found(self) -> dict[str, tuple[str, str]]:
        """The properties that the registry alone may fill, with the key and the value that each of them is found in."""
        noted = {f"BEFORE_{self.property}": (OWN_KEY, self.value)}
        return noted | ({f"NOW_{self.property}": (POLICY_KEY, self.policy)} if self.policy else {})


REMEMBERED = (
    Remembered("AUTOSTART", "Autostart"),
    Remembered("TEAMFOLDER", "TeamFolder", "team_folder"),
    Remembered("LANG", "Language", "language"),
    Remembered("INSTALLDIR", "InstallDir"),
)

_LIBRARY = 1
_IGNORE = 64
_COMMIT = 1024 + 512
_AS_SYSTEM = 2048
_SET = 51


def statements() -> Iterator[str]:
    """Every change, in the order in which it has to be made."""
    yield from _properties()
    yield from _components()
    yield from _searches()
    yield from _kept()
    yield from _closing()
    # Whether it is installed with windows or without, the same happens, and in the same order: with windows, these
    # would come before the searches, whose results they need, and would settle the folder before it is remembered.
    for action in _WITH_WINDOWS:
        yield f"DELETE FROM `InstallUISequence` WHERE `Action` = '{action}'"
    for condition, sentence in _CHECKS:
        yield _insert("LaunchCondition", Condition=f'REMOVE = "ALL" OR {condition}', Description=sentence)


def _properties() -> Iterator[str]:
    # No others: whoever is listed here can be given by a user without rights to a repair, which runs as SYSTEM.
    found = "WIX_DOWNGRADE_DETECTED;WIX_UPGRADE_DETECTED"
    yield f"UPDATE `Property` SET `Value` = '{found}' WHERE `Property` = 'SecureCustomProperties'"
    values = {
        "ARPPRODUCTICON": "kohtaava.ico",
        "ARPNOMODIFY": "1",
        "ARPCOMMENTS": ABOUT,
        # Every file anew, whatever its version says: the older package's files are gone by then.
        "REINSTALLMODE": "amus",
    }
    for name, value in values.items():
        yield _insert("Property", Property=name, Value=value)
    yield from _action("SetInstallLocation", _SET, "ARPINSTALLLOCATION", "[INSTALLDIR]", order=1010)


def _components() -> Iterator[str]:
    """Which entries are made; judged anew when the package is repaired (64: transitive)."""
    conditions = {
        "Autostart": 'AUTOSTART = "1"',
        "TeamFolder": f'TEAMFOLDER AND TEAMFOLDER <> "{NONE}"',
        "Language": f'LANG AND LANG <> "{NONE}"',
    }
    for component, condition in conditions.items():
        # A registry key's path (4), 64-bit (256), judged anew (64).
        change = f"`Condition` = '{condition}', `Attributes` = {4 + 64 + 256}"
        yield f"UPDATE `Component` SET {change} WHERE `Component` = '{component}'"


def _searches() -> Iterator[str]:
    machine, value_64_bit = 2, 2 + 16
    yield _insert("InstallExecuteSequence", Action="AppSearch", Sequence=50)
    build = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion"
    yield from _search("BUILD", machine, build, "CurrentBuildNumber", value_64_bit)
    found = {name: place for each in REMEMBERED for name, place in each.found().items()}
    for order, (name, (key, value)) in enumerate(found.items(), start=41):
        # A search leaves a property as it was given where it finds nothing.
        yield from _action(f"Clear{name}", _SET, name, "", order)
        yield from _search(name, machine, key, value, value_64_bit)


def _kept() -> Iterator[str]:
    """What is remembered; after the conditions, which judge what was given, and not what a policy says."""
    given = 'TEAMFOLDER AND NOT REMOVE = "ALL"'
    yield from _action("CheckTeamFolder", _LIBRARY + _IGNORE, "Closing", "CheckTeamFolder", 60, given)
    for order, each in enumerate(REMEMBERED):
        name = each.property
        before, now = f"BEFORE_{name}", f"NOW_{name}"
        if each.policy:
            yield from _action(f"Take{name}", _SET, before, f"[{now}]", 110 + order, f"{before} AND {now}")
        # A repair has everything as it was installed with, whatever it is given, and though that be nothing.
        condition = f"Installed OR ({before} AND NOT {name})"
        if name == "INSTALLDIR":  # which is never nothing: without the note, it is as it is
            condition = f"{before} AND (Installed OR NOT {name})"
        yield from _action(f"Keep{name}", _SET, name, f"[{before}]", 120 + order, condition)


def _search(name: str, root: int, key: str, value: str, kind: int) -> Iterator[str]:
    yield _insert("RegLocator", Signature_=name, Root=root, Key=key, Name=value, Type=kind)
    yield _insert("AppSearch", Property=name, Signature_=name)


def _closing() -> Iterator[str]:
    """Running programs end before anything looks at their files, and start again once there are files to start."""
    yield from _action("CloseProgram", _LIBRARY + _IGNORE, "Closing", "CloseProgram", order=1390)
    after = _LIBRARY + _IGNORE + _COMMIT + _AS_SYSTEM
    yield from _action("StartAgain", after, "Closing", "StartAgain", 6500, 'StartAgain AND NOT REMOVE = "ALL"')
    # -3: where the installation has failed, in its script or before. No action of a script that is taken back does it:
    # those run before the older version is there again, as RemoveExistingProducts allows no action before itself.
    failed = _LIBRARY + _IGNORE
    yield from _action("StartAgainAsBefore", failed, "Closing", "StartAgainAsBefore", -3, "StartAgainAsBefore")
    # The older version goes within the same transaction: if the newer one fails, it comes back.
    order = "UPDATE `InstallExecuteSequence` SET `Sequence` = 1501 WHERE `Action` = 'RemoveExistingProducts'"
    yield order


def _action(name: str, kind: int, source: str, target: str, order: int, condition: str = "") -> Iterator[str]:
    yield _insert("CustomAction", Action=name, Type=kind, Source=source, Target=target)
    sequence: dict[str, str | int] = {"Action": name, "Sequence": order}
    yield _insert("InstallExecuteSequence", **sequence | ({"Condition": condition} if condition else {}))


def _insert(table: str, **values: str | int) -> str:
    names = ", ".join(f"`{name}`" for name in values)
    given = ", ".join(str(value) if isinstance(value, int) else f"'{value}'" for value in values.values())
    return f"INSERT INTO `{table}` ({names}) VALUES ({given})"
