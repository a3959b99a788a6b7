"""`xinfang import messages FILE` runs the command `import_messages` of the room that has it."""

import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line, get_commands

from xinfang.foundation import demonstration, keys


def spelled(words: list[str], known: set[str]) -> list[str]:
    """Join the leading words that together name a command: ["trace", "verify", "-v"] becomes ["trace_verify", "-v"]."""
    for length in range(len(words), 0, -1):
        name = "_".join(words[:length])
        if name in known:
            return [name, *words[length:]]
    return words


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinfang.settings")
    if sys.argv[1:2] == ["init"]:
        keys.prepare(keys.home())
    if sys.argv[1:2] == ["demo"]:
        demonstration.enter()
    try:
        django.setup()  # before get_commands, which remembers the rooms' commands only when settings are read
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    execute_from_command_line([sys.argv[0], *spelled(sys.argv[1:], set(get_commands()))])
