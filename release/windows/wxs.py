"""The package for IT as wixl reads it: one component for each file, and what is written into the registry."""

import hashlib
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from release.windows import product
from release.windows.product import NAME, NAMESPACE, OWN_KEY, POLICY_KEY, RUN_KEY, Version

_SCHEMA = "http://schemas.microsoft.com/wix/2006/wi"
_SHORT = re.compile(r"[A-Z0-9_-]{1,8}(\.[A-Z0-9_-]{1,3})?", re.IGNORECASE)

IN_USE = (
    "Tietokoneessa on jo uudempi Kohtaava Desktop. Poista se ensin, jos haluat vanhemman.  |  "
    "Det finns redan ett nyare Kohtaava Desktop på datorn. Ta bort det först om du vill ha det äldre.  |  "
    "A newer Kohtaava Desktop is already installed. Remove it first if you want the older one."
)
"""Said where a newer version is there, in three languages at once: Windows Installer knows only the computer's."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into the package: files by their place in the installed folder, the icon, the library of closing.py.

    All are paths relative to the folder in which wixl runs: it takes no others for some of them.
    """

    files: dict[PurePosixPath, str]
    icon: str
    library: str


def document(contents: Contents, version: Version) -> str:
    """The whole .wxs. The same contents give the same text."""
    wix = Element("Wix", xmlns=_SCHEMA)
    inside = SubElement(
        wix,
        "Product",
        Id=str(version.product_code).upper(),
        Name=NAME,
        Language="1033",
        Codepage="65001",
        Version=str(version),
        Manufacturer=product.PUBLISHER,
        UpgradeCode=str(product.UPGRADE_CODE).upper(),
    )
    package = {"InstallerVersion": "500", "Compressed": "yes", "InstallScope": "perMachine"}
    SubElement(inside, "Package", package, Description=NAME, Manufacturer=product.PUBLISHER)
    SubElement(inside, "MajorUpgrade", DowngradeErrorMessage=IN_USE)
    SubElement(inside, "Media", Id="1", Cabinet="kohtaava.cab", EmbedCab="yes")
    SubElement(inside, "Icon", Id="kohtaava.ico", SourceFile=contents.icon)
    SubElement(inside, "Binary", Id="Closing", SourceFile=contents.library)
    components = [*_folders(inside, contents.files), *_entries(inside)]
    feature = SubElement(inside, "Feature", Id="Program", Level="1", Title=NAME)
    for identity in components:
        SubElement(feature, "ComponentRef", Id=identity)
    indent(wix)
    return tostring(wix, encoding="unicode", xml_declaration=True) + "\n"


def _folders(inside: Element, files: dict[PurePosixPath, str]) -> Iterable[str]:
    top = SubElement(inside, "Directory", Id="TARGETDIR", Name="SourceDir")
    SubElement(top, "Directory", Id="ProgramMenuFolder", Name="Programs")
    programs = SubElement(top, "Directory", Id="ProgramFiles64Folder")
    folders = {PurePosixPath("."): SubElement(programs, "Directory", Id="INSTALLDIR", Name=_both(NAME))}
    for place, source in files.items():
        identity = _identity("c", place)
        guid = str(uuid.uuid5(NAMESPACE, f"file {place.as_posix().lower()}"))
        component = SubElement(_folder(folders, place.parent), "Component", Id=identity, Guid=guid, Win64="yes")
        names = {"Name": _both(place.name), "Source": source}
        SubElement(component, "File", names, Id=_identity("f", place), DiskId="1", KeyPath="yes")
        yield identity


def _folder(folders: dict[PurePosixPath, Element], place: PurePosixPath) -> Element:
    if place not in folders:
        above = _folder(folders, place.parent)
        folders[place] = SubElement(above, "Directory", Id=_identity("d", place), Name=_both(place.name))
    return folders[place]


def _entries(inside: Element) -> Iterable[str]:
    """The shortcut and the registry. Which of them are made, ``release.windows.tables`` says."""
    link = _component(inside, "Shortcut", "ProgramMenuFolder")
    SubElement(
        link,
        "Shortcut",
        Id="StartMenu",
        Name=_both(NAME),
        Description=product.ABOUT,
        Target=f"[INSTALLDIR]{product.WINDOW}",
        WorkingDirectory="INSTALLDIR",
        Icon="kohtaava.ico",
        IconIndex="0",
    )
    _value(link, OWN_KEY, "Shortcut", "1", first=True)
    own = _component(inside, "Own", "INSTALLDIR")
    _value(own, OWN_KEY, "InstallDir", "[INSTALLDIR]", first=True)
    _value(own, OWN_KEY, "Version", "[ProductVersion]")
    start = _component(inside, "Autostart", "INSTALLDIR")
    _value(start, RUN_KEY, NAME, f'"[INSTALLDIR]{product.WINDOW}"', first=True)
    _value(start, OWN_KEY, "Autostart", "1")
    team = _component(inside, "TeamFolder", "INSTALLDIR")
    _value(team, POLICY_KEY, "team_folder", "[TEAMFOLDER]", first=True)
    _value(team, OWN_KEY, "TeamFolder", "[TEAMFOLDER]")
    language = _component(inside, "Language", "INSTALLDIR")
    _value(language, POLICY_KEY, "language", "[LANG]", first=True)
    _value(language, OWN_KEY, "Language", "[LANG]")
    return ("Shortcut", "Own", "Autostart", "TeamFolder", "Language")


def _component(inside: Element, name: str, folder: str) -> Element:
    where = SubElement(inside, "DirectoryRef", Id=folder)
    return SubElement(where, "Component", Id=name, Guid=str(uuid.uuid5(NAMESPACE, f"entry {name}")), Win64="yes")


def _value(component: Element, key: str, name: str, value: str, first: bool = False) -> None:
    about = {"Root": "HKLM", "Key": key, "Name": name, "Value": value, "Type": "string"}
    SubElement(component, "RegistryValue", about | ({"KeyPath": "yes"} if first else {}))


def _identity(kind: str, place: PurePosixPath) -> str:
    return kind + hashlib.sha256(place.as_posix().lower().encode()).hexdigest()[:24]


def _both(name: str) -> str:
    """``name`` as a package holds it: with a short one, like those of old, where it is none itself."""
    if _SHORT.fullmatch(name):
        return name
    ending = re.sub(r"[^A-Z0-9]", "", PurePosixPath(name).suffix.upper())[:3]
    short = "K" + hashlib.sha256(name.lower().encode()).hexdigest()[:7].upper()
    return f"{short}.{ending}|{name}" if ending else f"{short}|{name}"
