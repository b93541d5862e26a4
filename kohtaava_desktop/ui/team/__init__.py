"""*Our team*: what a team's exports say, for a workshop; opened by intent, loaded only then."""
