"""An average typist at a page, by the keystroke-level model (Card, Moran and Newell 1983).

K = 0.28 s a key: an average typist who is not a secretary. Chinese counts as it is typed with a pinyin input method: every
letter of every syllable, a key to choose after each two characters (one after each character of a name, which is seldom
the first choice), and one for each punctuation mark. A list that is found by initials costs one key more, for the Enter by
which the input method lets the letters go.
M = 1.35 s to make up one's mind, once for every field that is filled in and for every decision; what stands already and
is only passed costs its key. R is measured: from the key until the next page can be typed in.
"""

import re
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page
from pypinyin import lazy_pinyin

K, M = 0.28, 1.35
PER_CHOICE = 2
_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|.", re.DOTALL)


def keys_of(text: str, *, per_choice: int = PER_CHOICE) -> int:
    """The keys that bring this text about."""
    return sum(_keys_of_run(run, per_choice) for run in _RUN.findall(text))


def _keys_of_run(run: str, per_choice: int) -> int:
    if unicodedata.category(run[0]) != "Lo":
        return 1 + run.isupper()
    return sum(map(len, lazy_pinyin(run))) + -(-len(run) // per_choice)


class Typist:
    """Everything goes through the real keyboard of the page, and is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._wire = page.context.new_cdp_session(page)
        self.keys = self.decisions = 0
        self.waited = 0.0

    @property
    def seconds(self) -> float:
        return K * self.keys + M * self.decisions + self.waited

    def press(self, *names: str) -> None:
        for name in names:
            self.keys += len(name.split("+")) if len(name) > 1 else 1
            self.page.keyboard.press(name)

    def write(self, text: str, *, per_choice: int = PER_CHOICE) -> None:
        """One thought, typed."""
        self.decisions += 1
        self.keys += keys_of(text, per_choice=per_choice)
        for run in _RUN.findall(text):
            if run.isascii():
                self.page.keyboard.type(run)
            else:
                self.page.keyboard.insert_text(run)

    def name(self, text: str) -> None:
        self.write(text, per_choice=1)

    def find(self, initials: str) -> None:
        """A list: the initials, the input method's Enter, and the list's own, which moves on."""
        self.write(initials)
        self.keys += 1
        self.press("Enter")

    def alt(self, letter: str) -> None:
        """An access key, with the text that playwright leaves out and access keys are told by."""
        self.keys += 2
        code = {"key": letter, "code": f"Key{letter.upper()}", "windowsVirtualKeyCode": ord(letter.upper())}
        event = {"type": "keyDown", "modifiers": 1, "unmodifiedText": letter, **code}
        self._wire.send("Input.dispatchKeyEvent", event)
        self._wire.send("Input.dispatchKeyEvent", {"type": "keyUp", "modifiers": 1, **code})

    def at(self) -> str:
        """The field the keyboard is in."""
        return str(self.page.evaluate("document.activeElement.id || document.activeElement.name || ''"))

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """What happens inside is the machine's time."""
        began = time.perf_counter()
        yield
        self.waited += time.perf_counter() - began
