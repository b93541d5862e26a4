"""A desktop portal that says which colours and contrast the user prefers, and changes its mind on request.

Run by the system's own Python, which has gi. Its arguments are what is preferred at first, ``colour contrast``. Each
line on its standard input is ``colour contrast``: 0 for none, 1 for dark, 2 for light; 1 for high contrast. It says
``ready`` once it is on the bus, and ``done`` after each line.
"""

import sys
from typing import Any

from gi.repository import Gio, GLib  # type: ignore[import-not-found]

INTERFACE = """
<node><interface name="org.freedesktop.portal.Settings">
<property name="version" type="u" access="read"/>
<method name="ReadAll"><arg type="as" direction="in"/><arg type="a{sa{sv}}" direction="out"/></method>
<method name="Read"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="out"/></method>
<method name="ReadOne">
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="out"/>
</method>
<signal name="SettingChanged"><arg type="s"/><arg type="s"/><arg type="v"/></signal>
</interface></node>
"""
APPEARANCE, PATH = "org.freedesktop.appearance", "/org/freedesktop/portal/desktop"
SETTINGS = "org.freedesktop.portal.Settings"
loop = GLib.MainLoop()
values = dict(zip(("color-scheme", "contrast"), [*map(int, sys.argv[1:]), 0, 0], strict=False))
buses: list[Gio.DBusConnection] = []


def call(*asked: Any) -> None:
    """Answer one question."""
    method, given, invocation = asked[4], asked[5].unpack(), asked[6]
    if method == "ReadAll":
        every = {APPEARANCE: {name: GLib.Variant("u", value) for name, value in values.items()}}
        invocation.return_value(GLib.Variant("(a{sa{sv}})", (every,)))
    elif given[0] != APPEARANCE or given[1] not in values:
        invocation.return_dbus_error("org.freedesktop.portal.Error.NotFound", "Requested setting not found")
    else:
        value = GLib.Variant("u", values[given[1]])
        value = GLib.Variant("v", value) if method == "Read" else value
        invocation.return_value(GLib.Variant("(v)", (value,)))


def version(*_asked: Any) -> GLib.Variant:
    """The version of the interface."""
    return GLib.Variant("u", 2)


def take_bus(connection: Gio.DBusConnection, _name: str) -> None:
    """Stand on the bus."""
    node = Gio.DBusNodeInfo.new_for_xml(INTERFACE)
    connection.register_object(PATH, node.interfaces[0], call, version, None)
    buses.append(connection)


def change(*_ready: Any) -> bool:
    """Read one line; the end of the input ends the program."""
    line = sys.stdin.readline().split()
    if not line:
        loop.quit()
        return False
    for name, value in zip(values, map(int, line), strict=True):
        if values[name] != value:
            values[name] = value
            said = GLib.Variant("(ssv)", (APPEARANCE, name, GLib.Variant("u", value)))
            buses[0].emit_signal(None, PATH, SETTINGS, "SettingChanged", said)
    print("done", flush=True)
    return True


def ready(*_named: Any) -> None:
    """Say that the name is ours."""
    print("ready", flush=True)


Gio.bus_own_name(Gio.BusType.SESSION, "org.freedesktop.portal.Desktop", 0, take_bus, ready, None)
GLib.io_add_watch(GLib.IOChannel.unix_new(0), GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, change)
loop.run()
