"""What is measured. `make bench NAME=…` runs one of these on both databases; README.md says what each figure means."""
