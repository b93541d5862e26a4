"""The meeting itself, in pure Python: no Qt, no files, no clock of its own.

Every function takes the instant it is asked about. Instants are seconds on the *meeting timeline* (see ``timeline``),
durations are seconds unless a name says minutes.
"""
