"""What prints the figures of docs/measurements.md."""
