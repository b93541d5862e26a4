"""The local control channel: ``kohtaava`` asks, the running program answers.

One JSON object in one line each way over something that only its own user can reach: a Unix socket, on Windows a named
pipe; no TCP. ``endpoint`` and ``pipes`` say where that is, ``client`` is the light side (imported by every ``kohtaava``
command, so it imports next to nothing) and ``server`` the side in the program, with ``socket_server`` or
``pipe_server``. This package imports none of them by itself.
"""
