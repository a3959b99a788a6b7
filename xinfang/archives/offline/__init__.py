"""What goes into a pack to verify it with nothing but Python: one file, made of the log's verifier and the pack's."""

from pathlib import Path

from xinfang.trace import offline

_HERE = Path(__file__).parent
_MARK = "# From here on it is packed.\n"
_END = "def main(words: list[str]) -> int:\n"
_MORE = "import json\nimport struct\nimport zlib\nfrom typing import IO\n"


def verifier() -> str:
    """verify.py as it lies in a pack: the log's own up to its `main`, then the pack's from the mark on."""
    log = Path(offline.__file__).with_name("verify.py").read_text(encoding="utf-8")
    head, found, _rest = log.partition(_END)
    _imports, marked, pack = (_HERE / "pack.py").read_text(encoding="utf-8").partition(_MARK)
    assert found, "the log's verifier has no main any more"
    assert marked
    _doc, _quotes, code = head.partition('"""\n\nfrom __future__')
    return f'#!/usr/bin/env python3\n"""{_DOC}"""\n\nfrom __future__{code}{_MORE}{pack}'


_DOC = """Verify a case pack of a petition office, with nothing but Python 3.9 and this one file.

    python3 verify.py PACK [KEYS]

PACK    the pack, as one zip, just as it was handed over
KEYS    the office's public keys, from another place than the pack; without it the keys in the pack are used

Every byte of the pack is held against its list of digests, the list against the office's signature, and each record of
the trace against the office's log.
"""
