"""A demonstration's own ground, entered before settings are read: a home beside the real one, and keys made there.

Its passwords are public, so nothing of a real installation may reach into it: no database, no keys, no addresses.
"""

import os

from xinfang.foundation import keys

FOLDER = "demo"
_REAL = (
    *("DATABASE_URL", "XINFANG_SECRET_KEY", "XINFANG_MASTER_KEY"),
    *("XINFANG_LOG_KEY", "XINFANG_LOG_ORIGIN", "XINFANG_LOG_SIGNER", "XINFANG_LOG_VKEY", "XINFANG_LOG_FORMER_VKEYS"),
    *("XINFANG_HOSTS", "XINFANG_HTTPS", "XINFANG_COUNTY"),
)


def enter() -> None:
    home = keys.home() / FOLDER
    for name in _REAL:
        os.environ.pop(name, None)
    os.environ.update(XINFANG_HOME=str(home), XINFANG_DEMO="1")
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys.prepare(home)
    keys.keep(home)
