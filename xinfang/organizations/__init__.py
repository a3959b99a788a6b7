"""机构人员: units and their tree, officers, the posts they hold and for how long, and signing in.

What an officer may do comes from the duty of a post he holds today, never from a flag on his account. A county is a
folder of files read by `load county`; nothing here knows which county it is.
"""
