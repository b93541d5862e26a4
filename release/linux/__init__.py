"""What is shipped for Linux: the folder that is installed, a package for Debian, an archive for everything else."""
