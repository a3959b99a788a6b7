"""What was handed in: an encrypted store whose addresses are digests of the ciphertext, and copies without metadata.

`store.put` takes in a file, `store.open_blob` streams it back, `copies.clean_copy` makes the copy that handling units get.
The room keeps no file names, knows no petition and does not decide who may read: the caller does, and brings the key.
"""
