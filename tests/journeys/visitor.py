"""A person at a browser, over HTTP alone: reads the page, follows links by their words, fills in the form, presses its button.

Nothing is sent that the page does not hold: hidden fields, marks and preset values go back as they came.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

Form = Any


@dataclass(frozen=True)
class Upload:
    """A file in somebody's hand."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Answer:
    """What came back, where it does not become the page one looks at."""

    status: int
    content: bytes

    def says(self, words: str) -> bool:
        return packed(words) in packed(html.document_fromstring(self.content).text_content())


def packed(words: str) -> str:
    """Without its spaces: where a page breaks its lines says nothing."""
    return "".join(words.split())


class Visitor:
    """One browser with its own cookies. It shows one page at a time."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.address, self.status = "/", 0
        self.files: dict[str, Upload] = {}

    def open(self, address: str) -> None:
        self._show(self.client.get(address, follow=True))

    def follow(self, words: str) -> None:
        self.open(self.link(words))

    def link(self, words: str) -> str:
        """Where the first link that reads so leads."""
        found = [a for a in self.page.iter("a") if a.get("href") and packed(a.text_content()) == packed(words)]
        assert found, f"no link “{words}” at {self.address}"
        return urljoin(self.address, found[0].get("href"))

    def offers(self, words: str) -> bool:
        """Whether some link or button reads so."""
        return packed(words) in {packed(found.text_content()) for found in self.page.iter("a", "button")}

    def sees(self, words: str) -> bool:
        return packed(words) in packed(self.page.find("body").text_content())

    def value(self, field: str) -> Any:
        """What stands in a field of the page."""
        return self._form_with(field).fields[field]

    def text(self, css_class: str) -> list[str]:
        """The words of each element of this class."""
        return [" ".join(found.text_content().split()) for found in self.page.find_class(css_class)]

    def timeline(self) -> list[str]:
        """The acts that the petition page lists."""
        return [act.text_content() for act in self.page.xpath("//ol[@class='steps']/li/b")]

    def fill(self, *, beside: str = "", **entries: str | Upload) -> None:
        """Lists and choices by the words one reads, everything else as typed; of forms alike that with the button `beside`."""
        forms = [self._with_button(beside)[0]] if beside else self.page.forms
        whole = [form for form in forms if set(entries) <= set(form.fields)]
        for name, entry in entries.items():
            if isinstance(entry, Upload):
                self.files[name] = entry
                continue
            form = whole[-1] if whole else self._form_with(name)
            form.fields[name] = self._code(form, name, entry)

    def press(self, words: str) -> None:
        """The button that reads so. What was sent is remembered, for hands that press twice."""
        form, button = self._with_button(words)
        self.sent = (form, dict(self.files), button)
        self._show(self._send(*self.sent))

    def press_again(self) -> Answer:
        """The same form once more, as a second press sends it; the page one looks at stays."""
        return _answer(self._send(*self.sent))

    def fetch(self, address: str) -> Answer:
        return _answer(self.client.get(address, follow=True))

    def picture(self, name: str, *, of: str = "") -> None:
        """Of the page, or of one part of it. Only a visitor with a screen can (tools/screen.py)."""

    def close(self) -> None:
        """Nothing to close."""

    def _with_button(self, words: str) -> tuple[Form, Any]:
        return next(
            (form, button)
            for form in self.page.forms
            for button in form.iter("button")
            if packed(words) == packed(button.text_content())
        )

    def _form_with(self, field: str) -> Form:
        found = [form for form in self.page.forms if field in form.fields]
        assert found, f"no field {field} at {self.address}"
        return found[-1]

    def _code(self, form: Form, name: str, words: str) -> str:
        """The value behind the words of an option, or its code where many are called alike; what is typed stays what it is."""
        options = {
            packed(option.text_content()): option.get("value")
            for select in form.iter("select")
            if select.get("name") == name
            for option in select.iter("option")
        }
        marks = {
            packed(label.text_content()): control.get("value")
            for label in form.iter("label")
            if (control := label.for_element if label.get("for") else label.find("input")) is not None
            and control.get("name") == name
            and control.get("type") == "radio"
        }
        choices = options or marks
        assert not choices or packed(words) in choices or words in choices.values(), f"{name} does not offer “{words}”"
        return choices.get(packed(words), words)

    def _send(self, form: Form, files: dict[str, Upload], button: Any) -> Any:
        fields: dict[str, Any] = {}
        for name, value in form.form_values():
            fields.setdefault(name, []).append(value)
        if button.get("name"):
            fields[button.get("name")] = button.get("value", "")
        address = urljoin(self.address, button.get("formaction") or form.get("action") or self.address)
        if form.method == "GET":
            return self.client.get(address, fields, follow=True)
        for name, upload in files.items():
            fields[name] = SimpleUploadedFile(upload.name, upload.content, upload.media_type)
        return self.client.post(address, fields, follow=True)

    def _show(self, response: Any) -> None:
        self.address, self.status = response.request["PATH_INFO"], response.status_code
        self.page = html.document_fromstring(response.content)
        self.files = {}


def _answer(response: Any) -> Answer:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return Answer(response.status_code, content)
