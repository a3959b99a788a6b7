"""Secrets from the environment, or from a file of NAME=value lines that `xinfang init` wrote and the administrator keeps."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def load(file: Path) -> None:
    """Lines the environment already answers are left alone."""
    if not file.exists():
        return
    for line in file.read_text().splitlines():
        name, found, value = line.partition("=")
        if found:
            os.environ.setdefault(name.strip(), value.strip())


def secret(name: str) -> str:
    try:
        return os.environ[name]
    except KeyError:
        raise ImproperlyConfigured(f"{name} is not set. `xinfang init` makes the keys of an installation.") from None
