"""*What is stored*: the window that hides nothing of what is kept, and deletes all of it."""
