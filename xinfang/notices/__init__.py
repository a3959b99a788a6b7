"""Messages: bells for officers in the desk, and what leaves the house by e-mail and SMS.

A message is written inside the act that it tells of and sent after the commit, by the worker, with growing waits when it
fails; its address is sealed and destroyed once it went out or was given up, and each of the two is an entry of its own.
No text names a petitioner, a unit or a matter: whoever reads it over a shoulder learns that there is something to look at.
A bell is what a room above found in the trace for one unit or one officer. The room knows no petition, only its id.
"""
