"""The verbs of this room: `units.open`, `officers.enrol`, `tenures.begin` … each leaves the entry of the same name.

`by` is an officer, who needs a seat for it, or the hand of a system: the commands that load a county and start one.
"""
