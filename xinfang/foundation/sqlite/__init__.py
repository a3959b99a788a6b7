"""SQLite as Django knows it, with one manner more: before a transaction begins, whoever goes first is let pass (`passing`)."""
