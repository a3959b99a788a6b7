"""Secrets from the environment, or from a file of NAME=value lines that `xinfang init` wrote and the administrator keeps."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

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


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed in. No host: nowhere."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def mail(url: str) -> MailServer:
    """smtps://user:password@mail.example.cn, smtp+starttls://… or, on one's own network, smtp://mail.example.cn:25."""
    if not url:
        return MailServer()
    said = urlsplit(url)
    if said.scheme not in _PORTS or not said.hostname:
        raise ImproperlyConfigured("XINFANG_SMTP is not smtps://, smtp+starttls:// or smtp:// with a host.")
    return MailServer(
        host=said.hostname,
        port=said.port or _PORTS[said.scheme],
        user=unquote(said.username or ""),
        password=unquote(said.password or ""),
        starttls=said.scheme == "smtp+starttls",
        tls=said.scheme == "smtps",
    )
