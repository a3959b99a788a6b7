"""`make messages`: every marked sentence into the English catalogue, and the catalogue compiled beside it.

What was translated stays; a new sentence comes in empty and a house test asks for it; what nobody says any more goes.
Nothing is guessed. Both files are committed, because a bare machine has no tool to compile them.
"""

from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools import marked

FOLDER = marked.ROOT / "locale" / "en" / "LC_MESSAGES"
SOURCE = FOLDER / "django.po"
COMPILED = FOLDER / "django.mo"
# No dates of the day: two people who extract the same sentences get the same file.
ONCE = datetime(2026, 1, 1, tzinfo=UTC)


def blank() -> Catalog:
    """All sentences of the sources, untranslated."""
    catalog = Catalog(
        locale="en",
        header_comment="# The English of Xinfang. `make messages` keeps it in step with the sources.",
        project="xinfang",
        version="1",
        fuzzy=False,
        creation_date=ONCE,
        revision_date=ONCE,
        msgid_bugs_address="CONTRIBUTING.md",
        last_translator="the maintainers",
        language_team="English",
    )
    for each in marked.everything():
        sentence = (each.sentence, each.plural) if each.plural else each.sentence
        catalog.add(sentence, locations=[(each.file, None)], context=each.context or None)
    return catalog


def english() -> Catalog:
    """The catalogue as it stands."""
    with SOURCE.open("rb") as file:
        return read_po(file, locale="en", domain="django")


def updated() -> Catalog:
    """All sentences of the sources, with the translations there are."""
    catalog, known = blank(), english() if SOURCE.exists() else Catalog(locale="en")
    for message in catalog:
        old = known.get(message.id, message.context) if message.id else None
        if old and isinstance(old.id, type(message.id)) and not old.fuzzy:
            message.string = old.string
    return catalog


def untranslated(catalog: Catalog) -> list[str]:
    return [str(message.id) for message in catalog if message.id and not _is_whole(message.string)]


def _is_whole(string: object) -> bool:
    return bool(string) and (isinstance(string, str) or all(string))


def compile_to(path: Path, catalog: Catalog) -> None:
    with path.open("wb") as file:
        write_mo(file, catalog)


def main() -> None:
    catalog = updated()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with SOURCE.open("wb") as file:
        write_po(file, catalog, width=120, include_lineno=False, sort_by_file=False)
    compile_to(COMPILED, catalog)
    missing = untranslated(catalog)
    print(f"{len(catalog)} sentences, {len(missing)} without English.", *missing, sep="\n")


if __name__ == "__main__":
    main()
