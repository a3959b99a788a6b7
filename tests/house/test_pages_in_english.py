"""No page shown in English shows Chinese, but for what people wrote, what things are called, and citations of the law."""

import ast
import re
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import tests.cast
from tests.cast import BRANCHES, STEPS, Cast, Life, assemble
from tests.desk.hall import signed_in
from tests.house.test_pages import MOVES
from tests.petitions.facts import begun
from tools import marked
from xinfang.deadlines.models import Promise
from xinfang.documents.models import Paper
from xinfang.organizations.models import Division, Officer, Post
from xinfang.petitions.codes import AssignmentKind
from xinfang.petitions.letters import WITHDRAWN
from xinfang.portal.act_forms import FORMS

ENGLISH = {"accept-language": "en"}
ARTICLE = r"[一二三四五六七八九十百]+"
CITATIONS = re.compile(
    rf"《[^》]+》(第{ARTICLE}条(第{ARTICLE}款)?(第（{ARTICLE}）项)?、?)*"
    r"|条例 [一二三四五六七八九十、]+|本级工作制度|本级(听证)?工作惯例|档案法实施条例"
)
SPOKEN = ("title", "alt", "placeholder", "aria-label", "content")
VOID = {"meta", "link", "input", "br", "hr", "img", "wbr"}
WAYS = {last: way for last, way, _roles in MOVES.values()}
KEPT_IN_CHINESE = (WITHDRAWN,)
HANDLER, HEAD = "street_handler", "street_head"
WHO = {
    "approve": "bureau_head",
    "sign_for": HANDLER,
    "accept": HANDLER,
    "handle": HANDLER,
    "draft_opinion": HANDLER,
    "issue_opinion": HEAD,
    "deliver": HANDLER,
    "report": HANDLER,
    "check_result": "supervisor",
    "evaluate": "registrar",
    "archive": "archivist",
}


class Reading(HTMLParser):
    """What a reader of the page sees or is told. What says that it is of another language is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.foreign: list[bool] = [False]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        is_foreign = self.foreign[-1] or (tag != "html" and "lang" in said)
        self.words += [] if is_foreign else [said[name] or "" for name in SPOKEN if name in said]
        if tag not in VOID:
            self.foreign.append(is_foreign)

    def handle_endtag(self, tag: str) -> None:
        self.foreign.pop()

    def handle_data(self, data: str) -> None:
        self.words += [] if self.foreign[-1] else [data]


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def test_the_pages_of_the_portal(cast: Cast, client: Client) -> None:
    for name in ("home", "file", "write", "query"):
        assert chinese(client.get(reverse(f"portal:{name}"), headers=ENGLISH)) == set()
    assert chinese(client.post(reverse("portal:query"), {"number": "x"}, headers=ENGLISH)) == set()


@pytest.mark.parametrize("act", FORMS)
def test_what_a_petitioner_may_do(cast: Cast, client: Client, act: str) -> None:
    life = Life(cast).until("handle")
    codes = {"number": life.petition.number, "query_code": life.registered.query_code, "token": "t"}
    for said in (
        {},
        {"act_secret": "WRONG"},
        {"act_secret": life.registered.act_secret, "text": "wages", "whose": "unit"},
    ):
        page = client.post(reverse("portal:act", args=[act]), codes | said, headers=ENGLISH)
        assert page.streaming or chinese(page) == set()  # his pack is a file


@pytest.mark.parametrize("step", ["what", "where", "asks", "files", "who", "check"])
@pytest.mark.parametrize("go", ["next", "more", "file", "advise"])
def test_every_step_of_filing(cast: Cast, client: Client, step: str, go: str) -> None:
    said = {"step": step, "go": go, "terminal": "1", "text": "wages"}
    page = client.post(reverse("portal:write"), said, headers=ENGLISH)
    assert chinese(page) <= {one.name for one in (*cast.units.values(), *Division.objects.all())}


@pytest.mark.parametrize(
    "last", ["check_duplicate", "sign_for", "object", "return_assignment", "handle", "issue_opinion", "evaluate"]
)
def test_what_a_petitioner_reads_of_his_petition(cast: Cast, client: Client, last: str) -> None:
    life = Life(cast).until(last)
    codes = {"number": life.petition.number, "query_code": life.registered.query_code}
    page = client.post(reverse("portal:query"), codes, headers=ENGLISH)
    assert "Your demands" in page.content.decode()
    assert chinese(page) == set()


def test_the_pages_at_the_door_of_the_desk(cast: Cast, client: Client) -> None:
    assert chinese(client.get(reverse("desk:sign-in"), headers=ENGLISH)) == set()
    assert chinese(client.post(reverse("desk:sign-in"), {"username": "x", "password": "y"}, headers=ENGLISH)) == set()
    assert chinese(client.get("/no/such/page/", headers=ENGLISH)) == set()


@pytest.mark.parametrize(
    "name",
    [
        *("administration", "accounts", "officer-enrol", "first-passwords", "officers-sheet", "units", "unit-open"),
        *("units-sheet", "categories", "category-open", "code-lists", "calendar", "calendar-load", "phrases"),
    ],
)
def test_the_pages_of_an_administrator(cast: Cast, name: str) -> None:
    answer = signed_in(cast.officers["administrator"]).get(reverse(f"desk:{name}"), headers=ENGLISH)
    assert chinese(answer) == set()


@pytest.mark.parametrize("name", ["worklist", "intake", "petition-receive", "password", "officers"])
def test_the_pages_of_the_desk(cast: Cast, name: str) -> None:
    Life(cast).until("propose")
    page = signed_in(cast.bureau_head).get(reverse(f"desk:{name}"), headers=ENGLISH)
    assert page.status_code == 200
    assert chinese(page, *Post.objects.values_list("name", flat=True)) == set()


def test_a_form_filled_in_wrongly(cast: Cast) -> None:
    page = signed_in(cast.registrar).post(reverse("desk:intake"), {"received_at": "x"}, headers=ENGLISH)
    assert "This is not a time." in page.content.decode()
    assert chinese(page) == set()


def test_a_petition_and_every_move_on_its_road(cast: Cast) -> None:
    life, seen = Life(cast, way=AssignmentKind.ASSIGN), set()
    for step in STEPS:
        for address, page in pages_of(life, WHO.get(step, "dispatcher")):
            seen.add(address.rstrip("/").rpartition("/")[2])
            assert chinese(page) == set(), address
        getattr(life, step)()
    assert {"propose", "approve", "assign", "accept", "issue_opinion", "check_result", "close", "archive"} <= seen


@pytest.mark.parametrize("last", sorted(BRANCHES))
def test_a_petition_where_the_road_branches(cast: Cast, last: str) -> None:
    way = WAYS.get(last, AssignmentKind.TRANSFER)
    life = begun(cast, timezone.now() - timedelta(days=40), way=way).until(last)
    for name in ("dispatcher", "registrar", "bureau_head", HEAD, HANDLER):
        seen = signed_in(cast.again(name)).get(reverse("desk:petition", args=[life.petition.number]))
        if seen.status_code == 200:
            for address, page in pages_of(life, name):
                assert chinese(page, *KEPT_IN_CHINESE) == set(), address


def test_why_a_date_is_that_date(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("deliver")
    client, told = signed_in(cast.dispatcher), Promise.objects.all()
    assert {"D2", "D3", "D4", "D5", "D7", "D9"} <= {promise.clock for promise in told}
    for promise in told:
        assert chinese(client.get(reverse("desk:why", args=[promise.pk]), headers=ENGLISH)) == set(), promise
    assert "Why" in client.get(reverse("desk:petition", args=[life.petition.number]), headers=ENGLISH).content.decode()


def test_the_same_pages_in_chinese_are_chinese(cast: Cast) -> None:
    """So that an empty reading does not pass for a clean one."""
    life = Life(cast).until("propose")
    read = set.union(*(chinese(page) for _address, page in pages_of(life, "dispatcher", headers={})))
    assert {"可以办理", "信访人", "转送", "操作规范", "期限"} <= read


def pages_of(life: Life, name: str, *, headers: dict[str, str] = ENGLISH) -> Iterator[tuple[str, HttpResponse]]:
    """The petition as this officer sees it, and the page of every move open to him."""
    client, address = signed_in(life.cast.again(name)), reverse("desk:petition", args=[life.petition.number])
    page = client.get(address, headers=headers)
    yield address, page
    for move in page.context["moves"]:
        yield move.href, client.get(move.href, headers=headers)


def chinese(page: HttpResponse, *names: str) -> set[str]:
    """The Chinese that is left when data and citations are taken out."""
    assert page.status_code < 500
    reading = Reading()
    reading.feed(page.content.decode())
    text = "\n".join(reading.words)
    for word in sorted({*data(), *names}, key=len, reverse=True):
        text = text.replace(word, "")
    return {line.strip() for line in CITATIONS.sub("", text).splitlines() if marked.CHINESE.search(line)}


def data() -> set[str]:
    """What the cast is called and writes, its masks, and the numbers of its papers."""
    source = ast.parse(Path(tests.cast.__file__).read_text(encoding="utf-8"))
    written = {
        node.value for node in ast.walk(source) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    named = {*Officer.objects.values_list("name", flat=True), *Paper.objects.values_list("number", flat=True)}
    return {word for word in written | named if word and marked.CHINESE.search(word)} | {"王**", "骊山街道***"}
