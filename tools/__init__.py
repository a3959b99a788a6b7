"""What the Makefile runs. Standard library only, so that a bare machine can start it."""
