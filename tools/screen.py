"""The visitor of the journeys with a screen: the same words, spoken to Chromium, and pictures of what it shows."""

import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlparse

from PIL import Image
from playwright.sync_api import Browser, Locator

from tests.journeys.visitor import Answer, Upload, packed

WIDTH, COLOURS = 1000, 48
LOADED = """() => Promise.all([...document.images].map((image) => {
  image.loading = "eager";
  return image.decode();
}))"""
FIELDS = "form => [...new FormData(form)].filter(([name, value]) => typeof value == 'string')"


@dataclass
class Studio:
    """Where the server is, where pictures go, and the step that is under way."""

    chromium: Browser
    base: str
    folder: Path
    n: int = 0

    def window(self) -> "Screen":
        return Screen(self)

    def keep(self, name: str, taken: bytes) -> None:
        small(taken).save(self.folder / f"{self.n:02}-{name}.png", optimize=True)


def small(taken: bytes) -> Image.Image:
    """In as many colours as a page of words needs."""
    picture = Image.open(io.BytesIO(taken)).convert("RGB")
    return picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


class Screen:
    """Speaks as `tests.journeys.visitor.Visitor` does. A window of its own, with cookies of its own."""

    def __init__(self, studio: Studio) -> None:
        self.studio, self.status = studio, 0
        size = {"width": WIDTH, "height": 700}
        self.context = studio.chromium.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport=size)
        self.page = self.context.new_page()
        self.sent: tuple[str, dict[str, str]] = ("", {})

    @property
    def address(self) -> str:
        return urlparse(self.page.url).path

    def open(self, address: str) -> None:
        came = self.page.goto(self._whole(address))
        self.status = came.status if came else 0

    def follow(self, words: str) -> None:
        self.open(self.link(words))

    def link(self, words: str) -> str:
        read = "found => found.map(a => [a.textContent, a.href])"
        found = [
            href for said, href in self.page.eval_on_selector_all("a[href]", read) if packed(said) == packed(words)
        ]
        assert found, f"no link “{words}” at {self.address}"
        return str(found[0])

    def offers(self, words: str) -> bool:
        return packed(words) in map(packed, self.page.locator("a, button").all_text_contents())

    def sees(self, words: str) -> bool:
        return packed(words) in packed(self.page.locator("body").text_content() or "")

    def text(self, css_class: str) -> list[str]:
        return [" ".join(said.split()) for said in self.page.locator(f".{css_class}").all_text_contents()]

    def timeline(self) -> list[str]:
        return self.page.locator(".steps li b").all_text_contents()

    def fill(self, **entries: str | Upload) -> None:
        form = self.page.locator("form")
        for name in entries:
            form = form.filter(has=self.page.locator(f'[name="{name}"]'))
        for name, entry in entries.items():
            self._enter(form.last.locator(f'[name="{name}"]'), name, entry)

    def _enter(self, field: Locator, name: str, entry: str | Upload) -> None:
        kind = field.last.evaluate("field => field.tagName == 'SELECT' ? 'select' : field.type")
        if isinstance(entry, Upload):
            field.set_input_files({"name": entry.name, "mimeType": entry.media_type, "buffer": entry.content})
        elif kind == "textarea" and field.last.get_attribute("data-most"):
            self._list(field.last.get_attribute("id") or "", entry.splitlines())
        elif kind == "select":
            field.last.select_option(label=entry)
        elif kind == "radio":
            choice = field.locator("xpath=ancestor::label")
            choice.filter(has_text=re.compile(rf"^\s*{re.escape(entry)}\s*$")).click()
        else:
            field.last.fill(entry)

    def _list(self, name: str, entries: list[str]) -> None:
        """A list is written row by row, as a person does: the field behind its rows sends the cursor back to them."""
        for n, entry in enumerate(entries, start=1):
            row = self.page.locator(f"#{name}_{n}")
            row.fill(entry)
            if n < len(entries):
                row.press("Enter")

    def press(self, words: str) -> None:
        button = self.page.get_by_role("button", name=words, exact=True)
        form = button.locator("xpath=ancestor::form")
        self.sent = (form.evaluate("form => form.action"), dict(form.evaluate(FIELDS)))
        with self.page.expect_navigation() as came:
            button.click()
        self.status = came.value.status

    def press_again(self) -> Answer:
        address, fields = self.sent
        return _answer(self.context.request.post(address, form=fields))

    def fetch(self, address: str) -> Answer:
        return _answer(self.context.request.get(self._whole(address)))

    def picture(self, name: str, *, of: str = "") -> None:
        self.page.evaluate("() => document.activeElement?.blur()")
        self.page.evaluate(LOADED)
        part = self.page.locator(of)
        self.studio.keep(name, part.screenshot() if of else self.page.screenshot(full_page=True))

    def close(self) -> None:
        self.context.close()

    def _whole(self, address: str) -> str:
        return urljoin(self.studio.base, address)


def _answer(response: Any) -> Answer:
    return Answer(response.status, response.body())
