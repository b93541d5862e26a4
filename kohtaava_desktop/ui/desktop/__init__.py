"""What the program has on the desktop beside its windows: shortcuts that work everywhere, the icon beside the clock."""
