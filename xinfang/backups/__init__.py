"""备份与演练: the database, the store and how far the trace had come, apart from the keys; and the proof that it reads again.

A backup is a folder with a sealed list of what is in it. Files are copied once into a pool beside the backups, under the
digest of their ciphertext as in the store. Of the daily ones so many are kept, and the newest that is proven. `drill`
restores the latest one elsewhere, verifies it and records what it found.
"""
