"""What a team shares: giving out a month in a window, and the team's folder read for *My meetings*."""
