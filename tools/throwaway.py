"""The environment of a run that leaves nothing behind: keys that protect nothing, a home of its own."""

import base64
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

KEYS = {
    "XINFANG_SECRET_KEY": "not-a-secret-only-for-checks-and-benches",
    "XINFANG_MASTER_KEY": base64.b64encode(bytes(range(32))).decode(),
    "DJANGO_SETTINGS_MODULE": "xinfang.settings",
}


@contextmanager
def environment() -> Iterator[dict[str, str]]:
    """For `subprocess.run(env=…)`: ours, but never a real installation's keys, folder or database."""
    with tempfile.TemporaryDirectory(prefix="xinfang-") as home:
        ours = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        yield {**ours, **KEYS, "XINFANG_HOME": home}
