"""What goes into a pack to verify it with nothing but Python: one file, made of the log's verifier and the pack's."""

from pathlib import Path

from xinfang.trace import offline

_HERE = Path(__file__).parent
_MARK = "# From here on it is packed.\n"
_END = "def main(words: list[str]) -> int:\n"
_MORE = "import json\nimport os\nimport struct\nimport zlib\nfrom typing import IO\n"


def verifier() -> str:
    """verify.py as it lies in a pack: the log's own up to its `main`, then the pack's from the mark on."""
    log = Path(offline.__file__).with_name("verify.py").read_text(encoding="utf-8")
    head, found, _rest = log.partition(_END)
    _imports, marked, pack = (_HERE / "pack.py").read_text(encoding="utf-8").partition(_MARK)
    assert found, "the log's verifier has no main any more"
    assert marked
    _doc, _quotes, code = head.partition('"""\n\nfrom __future__')
    return f'#!/usr/bin/env python3\n"""{_DOC}"""\n\nfrom __future__{code}{_MORE}{pack}'


_DOC = """核对案卷包：只要 Python 3.9 和这一个文件，不用联网。Verify a case pack (PACK [KEYS], in either order).

    python3 verify.py 案卷包.zip [公钥]

案卷包  拿到手的那个 zip 文件，不解开、不改动
公钥    一行公钥，或者公钥文件，从包以外的地方取来；不写的，用包里的公钥。写在前面也可以

包里每一个字节对清单，清单对信访局的签名，每一条痕迹对信访局的日志。
"""
