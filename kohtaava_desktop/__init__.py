"""Kohtaava Desktop: a quiet overlay for the four steps of a client meeting."""

__version__ = "0.1.0"
