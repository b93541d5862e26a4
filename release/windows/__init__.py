"""What is built for Windows, on Linux: the folder that is installed, and the installers made of it."""
