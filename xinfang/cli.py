"""`xinfang import messages FILE` runs the command `import_messages` of the room that has it; `xinfang demo trace verify` runs
`trace_verify` on the demonstration's ground.
"""

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


def on_ground(words: list[str], known: set[str]) -> list[str]:
    """What is said after `demo` is a command of its own there; bare or with options it is the demonstration itself."""
    found = spelled(words, known)
    is_inside = found[:1] == ["demo"] and found[1:] and not found[1].startswith("-")
    return spelled(found[1:], known) if is_inside else found


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinfang.settings")
    if sys.argv[1:2] == ["init"]:
        keys.prepare(keys.home())
    if sys.argv[1:2] == ["demo"]:
        if sys.argv[2:] and not sys.argv[2].startswith("-") and not demonstration.is_there():
            sys.exit("这里还没有演示数据，请先运行 make demo。")
        demonstration.enter()
    try:
        django.setup()  # before get_commands, which remembers the rooms' commands only when settings are read
    except ImproperlyConfigured as error:
        sys.exit(f"{error}{demonstration.hint(sys.argv[0], sys.argv[1:])}")
    execute_from_command_line([sys.argv[0], *on_ground(sys.argv[1:], set(get_commands()))])
