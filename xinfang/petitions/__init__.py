"""信访: the heart of the house. Three machines (Petition, Assignment, later ReviewCase), each one table of moves.

`lifecycle` is the table, `policies` says who may, `actions` are the verbs, `queries` the doors for reading, `worklists`
what waits for whom, `openings` what is open to him now.
"""
