"""信访: the heart of the house. Four machines (Petition, Assignment, ReviewCase, Hearing), each one table of moves.

`lifecycle` is the table, `policies` says who may, `actions` are the verbs, `queries` the doors for reading, `worklists`
what waits for whom, `openings` what is open to him now, `desks` where he sits for what no table opens.
"""
