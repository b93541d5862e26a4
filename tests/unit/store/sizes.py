"""How much is tried in this run."""

from hypothesis import settings

FEWER = settings(max_examples=max(25, settings().max_examples // 5))
"""For properties that write files."""
