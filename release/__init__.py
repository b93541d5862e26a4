"""Builds what is shipped. Runs on the build machine with the tools of development; never part of the program."""
