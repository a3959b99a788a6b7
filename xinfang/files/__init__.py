"""What was handed in: an encrypted store whose addresses are digests of the ciphertext, and copies without metadata.

`store.take` looks into a file and makes the clean copy that handling units get, `store.seal` stores both, `store.open_blob`
streams one back.
The room keeps no file names, knows no petition and does not decide who may read: the caller does, and brings the key.
"""
