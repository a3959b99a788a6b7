"""Whose hand did it: an officer in a post, the petitioner, or a named system. Never nobody."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Hand:
    """`kind` is officer, petitioner or system; `post` holds an officer's duty or a system's name."""

    kind: str
    officer_id: int | None = None
    post: str = ""
    unit: str = ""

    @classmethod
    def system(cls, name: str) -> "Hand":
        return cls("system", post=name)


PETITIONER = Hand("petitioner")
