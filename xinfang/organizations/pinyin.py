"""Initials by which a clerk finds a unit: 临潼区信访局 is ltqxfj."""


def initials(name: str) -> str:
    from pypinyin import Style, lazy_pinyin  # a quarter of a second and its dictionaries, only where a name is new

    letters = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    return "".join(letter for letter in letters.lower() if letter.isascii() and letter.isalnum())
