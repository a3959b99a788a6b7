"""法规库: laws and policies in versions, their articles, what is in force on a day, and who cites what.

A `Law` is a title that lasts; a `Version` is its wording from one day to another; an `Article` is an anchor in a version,
such as `tiaoli-2022#34`, with a line in our own words. The two petition regulations come with the system that way, so
that every citation works at once; full texts are imported from files and stand beside the anchors as `Wording`. A law
that is known by name only has no version. The room does not know what a petition is: a citation names its subject by a
word and an id.
"""
