"""The window in which an expert sees how their own meetings go; nothing of it is loaded before it is opened."""
