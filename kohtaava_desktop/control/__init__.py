"""The local control channel: ``kohtaava`` asks, the running program answers.

One JSON object in one line each way over a socket that only its own user can reach; no TCP. ``endpoint`` says where the
socket is, ``client`` is the light side (imported by every ``kohtaava`` command, so it imports next to nothing) and
``server`` the side in the program. This package imports none of them by itself.
"""
