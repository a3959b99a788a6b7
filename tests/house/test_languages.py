"""Chinese in the sources, English complete, and a switch between them. `make messages` brings new sentences in."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.test import Client
from django.urls import reverse
from django.utils.translation import ngettext, override

from tests.house import bare_words
from tools import marked, messages
from xinfang.foundation.errors import Refused
from xinfang.foundation.text import either, listed
from xinfang.petitions.lifecycle import MOVES

PLACE = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}|</?\w+")
SCRIPTS = [file for file in sorted((marked.ROOT / "static").rglob("*.js")) if ".min." not in file.name]


def test_every_marked_sentence_stands_in_the_english_catalogue_and_nothing_else_does() -> None:
    assert keys(messages.english()) == keys(messages.blank())


def test_every_sentence_is_in_english_and_none_was_guessed() -> None:
    catalog = messages.english()
    assert messages.untranslated(catalog) == []
    assert [message.id for message in catalog if message.id and message.fuzzy] == []


def test_no_english_sentence_is_chinese() -> None:
    """But for the marks a calendar file is written with, and words that are looked for in what petitioners wrote."""
    chinese = [
        (context, string) for (context, _), string in strings(messages.english()) if marked.CHINESE.search(string)
    ]
    mine = [
        string
        for context, string in chinese
        if "date 休" not in string and context != "words that begin what is asked for"
    ]
    assert mine == []


def test_the_english_has_the_places_of_the_chinese() -> None:
    pairs = strings(messages.english())
    assert [string for (_context, sentence), string in pairs if string and places(sentence) != places(string)] == []


def test_the_compiled_catalogue_is_the_one_beside_it(tmp_path: Path) -> None:
    messages.compile_to(tmp_path / "django.mo", messages.english())
    assert (tmp_path / "django.mo").read_bytes() == messages.COMPILED.read_bytes()


def test_a_second_extraction_keeps_what_was_translated() -> None:
    assert strings(messages.updated()) == strings(messages.english())


def test_a_translation_is_kept_only_for_the_sentence_it_was_made_for(monkeypatch: pytest.MonkeyPatch) -> None:
    said = [
        marked.Marked("a.py", "办结"),
        marked.Marked("a.py", "办结", context="另一义"),
        marked.Marked("a.py", "办结了"),
    ]
    monkeypatch.setattr(marked, "everything", lambda: said)
    assert [message.string or "" for message in messages.updated() if message.id] == ["Close", "", ""]


def keys(catalog: Catalog) -> set[tuple[str, object]]:
    return {(message.context or "", message.id) for message in catalog if message.id}


def strings(catalog: Catalog) -> list[tuple[tuple[str, str], str]]:
    """Each translation with its context and sentence; of a plural, all its forms."""
    found = []
    for message in catalog:
        sentence = message.id if isinstance(message.id, str) else message.id[0]
        forms = [message.string] if isinstance(message.string, str) else message.string
        found += [((message.context or "", sentence), form) for form in forms if sentence]
    return sorted(found)


def places(sentence: str) -> list[str]:
    return sorted(PLACE.findall(sentence))


def test_what_people_read_is_marked_for_translation() -> None:
    assert [bare for file in marked.modules() for bare in bare_words.in_python(file)] == []


def test_what_stands_on_a_page_is_marked_for_translation() -> None:
    assert [bare for file in marked.templates() for bare in bare_words.in_template(file)] == []


def test_a_script_takes_its_sentences_from_the_page() -> None:
    assert [bare for file in SCRIPTS for bare in bare_words.in_script(file)] == []


def test_a_marked_sentence_is_written_whole() -> None:
    """An f-string is no sentence of the catalogue: names stand in it as %(name)s."""
    assert [word for file in marked.modules() for word in bare_words.broken(marked.tree(file))] == []


@pytest.mark.parametrize(
    ("line", "is_bare"),
    [
        ('{% translate "办结" %}', False),
        ("{% blocktranslate %}自{{ on }}起{% endblocktranslate %}", False),
        ('{# 说明 #}{{ name|default:_("无") }}', False),
        ("<p>办结</p>", True),
        ('{% translate "办结" %}。', True),
        ('{{ name|default:"无" }}', True),
        ('{% include "a.html" with label="办结" %}', True),
    ],
)
def test_a_bare_word_on_a_page_is_found(line: str, *, is_bare: bool) -> None:
    assert bool(bare_words.on_page(line)) == is_bare


def test_a_sentence_put_together_before_it_is_looked_up_is_found() -> None:
    head = "from django.utils.translation import gettext as _\n"
    assert bare_words.broken(ast.parse(head + "_(f'{n} 项'), _('%s 项' % n), _('项') % n")) == [
        "f'{n} 项'",
        "'%s 项' % n",
    ]


@pytest.mark.parametrize(
    ("line", "is_bare"),
    [
        ('_("办结")', False),
        ('refuse("办结")', True),
        ('f"办结{n}"', True),
        ('f(article="条例 二十二")', False),
    ],
)
def test_a_bare_word_in_the_code_is_found(line: str, *, is_bare: bool) -> None:
    head = "from django.utils.translation import gettext as _\n"
    assert bool(bare_words.bare(ast.parse(head + line))) == is_bare


def test_a_refusal_is_read_in_the_readers_language() -> None:
    refusal = Refused("没有第 %(n)s 项诉求。", field="answers", n=3)
    assert (refusal.sentence, str(refusal)) == ("没有第 3 项诉求。", "没有第 3 项诉求。")
    with override("en"):
        assert (refusal.sentence, str(refusal)) == ("There is no demand number 3.", "There is no demand number 3.")


def test_a_label_in_a_refusal_is_read_in_the_readers_language_too() -> None:
    refusal = Refused("“%(move)s”由系统办理。", move=MOVES["petition.close"].label)
    with override("en"):
        assert refusal.sentence == "“Close” is done by the system."


def test_a_refusal_without_values_keeps_its_percent_signs() -> None:
    assert Refused("完成了 50%。").sentence == "完成了 50%。"


def test_the_items_of_a_list_are_joined_as_the_language_does() -> None:
    assert (listed(["甲", "乙", "丙"]), either(["甲", "乙"])) == ("甲、乙、丙", "甲或乙")
    with override("en"):
        assert (listed(["a", "b", "c"]), either(["a", "b"])) == ("a, b, c", "a or b")


def test_one_and_many_differ_in_english_alone() -> None:
    sentence = "还有 %(count)s 项诉求没有答复。"
    assert {ngettext(sentence, sentence, n) for n in (1, 2)} == {sentence}
    with override("en"):
        said = [ngettext(sentence, sentence, n) % {"count": n} for n in (1, 2)]
    assert said == ["1 demand has no answer yet.", "2 demands have no answer yet."]


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["en", "zh-hans"])
def test_the_switch_sets_a_cookie_and_nothing_else(client: Client, code: str) -> None:
    answer = client.post(
        reverse("set_language"), {"language": code}, headers={"referer": "http://testserver/query/?a=1"}
    )
    assert (answer.status_code, answer["Location"]) == (302, "http://testserver/query/?a=1")
    assert {name: cookie.value for name, cookie in answer.cookies.items()} == {"django_language": code}


@pytest.mark.django_db
def test_the_switch_leads_to_no_other_site(client: Client) -> None:
    elsewhere = "https://elsewhere.invalid/"
    answer = client.post(reverse("set_language"), {"language": "en", "next": elsewhere}, headers={"referer": elsewhere})
    assert answer["Location"] == "/"


@pytest.mark.django_db
def test_after_the_switch_the_pages_are_english_and_say_so(client: Client) -> None:
    assert '<html lang="zh-hans">' in client.get("/").content.decode()
    client.post(reverse("set_language"), {"language": "en"})
    page = client.get("/").content.decode()
    assert '<html lang="en">' in page
    assert "Ask about my petition" in page


@pytest.mark.django_db
def test_a_browser_that_asks_for_english_has_it_at_once(client: Client) -> None:
    page = client.get("/", headers={"accept-language": "en-GB,en;q=0.8"}).content.decode()
    assert '<html lang="en">' in page
