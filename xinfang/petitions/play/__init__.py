"""演练: lets imported petitions live whole lives through the verbs, for demonstrations, measuring and tests.

Everything in a life is drawn from the petition's number, so a life that was cut short goes on as it would have gone. Only
petitions that the importer registered are played, never one that a person handed in.
"""
