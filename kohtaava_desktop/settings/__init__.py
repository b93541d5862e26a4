"""What can be set, what was set, and what the program remembers between runs."""
