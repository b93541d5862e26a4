"""The cards that stand on the screen for a while: for the client, and for a step."""
