"""Secrets from the environment, or from a file of NAME=value lines that `xinfang init` wrote and the administrator keeps."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def load(file: Path) -> None:
    """Lines the environment already answers are left alone; an empty value is no answer."""
    if not file.exists():
        return
    for line in file.read_text().splitlines():
        name, found, value = line.partition("=")
        if found and not os.environ.get(name.strip()):
            os.environ[name.strip()] = value.strip()


def secret(name: str) -> str:
    """Never empty: keys would be derived from an empty master key as readily as from a good one."""
    if value := os.environ.get(name):
        return value
    raise ImproperlyConfigured(f"{name} is not set. `xinfang init` makes the keys of an installation.")
