"""What differs from system to system, each part behind one small function or class."""
