"""What is taken away from here and trusted elsewhere: a verifier in Python, one in a browser, and a witness in one file.

They import nothing of the house but each other and the tree's arithmetic, so that anyone can read all of it.
"""

import io
import zipfile
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parents[2]
_IN_THE_WITNESS = ("xinfang/trace/merkle.py", "xinfang/trace/offline/verify.py", "xinfang/trace/offline/witness.py")
_PACKAGES = ("xinfang", "xinfang/trace", "xinfang/trace/offline")
_MAIN = "import sys\n\nfrom xinfang.trace.offline.witness import main\n\nsys.exit(main())\n"
_ONCE = (1980, 1, 1, 0, 0, 0)


def read(name: str) -> bytes:
    return (_HERE / name).read_bytes()


def witness_pyz() -> bytes:
    """The witness as one file for any Python from 3.9 on; the same bytes wherever it is made."""
    files = {"__main__.py": _MAIN.encode(), **{f"{one}/__init__.py": b"" for one in _PACKAGES}}
    files |= {one: (_ROOT / one).read_bytes() for one in _IN_THE_WITNESS}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _ONCE), body, zipfile.ZIP_DEFLATED)
    return b"#!/usr/bin/env python3\n" + packed.getvalue()
