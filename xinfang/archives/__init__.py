"""归档: a petition's papers as one case file in volumes, where they lie, who has them, how long they are kept, how they end.

A file is bound once, when its petition has been archived. It copies no word of the petition: it names the papers, files and
originals by their ids and keeps their digests, so that what is destroyed there is nowhere else.
"""
