"""痕迹管理: what was done, by which office, when. Entries are written inside their act and never changed.

An act inserts an `Entry` and a `Waiting` row. The sequencer gives waiting entries their `Place` in one gap-free order;
readers follow the places with a `Bookmark`. The room imports no other: what an entry covers registers in its own AppConfig.
"""
