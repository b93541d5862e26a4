"""Another program that has a shortcut already: ``python holder.py KEYCODE STATE`` holds it until its input closes."""

import sys

from kohtaava_desktop.integration.xcb_keys import Connection

connection = Connection()
combination = (int(sys.argv[1]), int(sys.argv[2]))
print("held" if connection.grab([combination]) else "taken", flush=True)
sys.stdin.read()
