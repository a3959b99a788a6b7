"""文书模板, the administrator's page."""

from collections.abc import Callable

from django.test import Client

from tests.cast import Cast
from tests.desk.hall import words
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import WordingVersion
from xinfang.documents.wording import default

Desk = Callable[[str], Client]
PATH = "/desk/administration/papers/routing_notice/"
TEXTS = default(PaperKind.ROUTING_NOTICE).texts()


def test_every_kind_is_listed_with_its_version(at_desk: Desk) -> None:
    page = words(at_desk("bureau_head").get("/desk/administration/papers/"))
    assert page.count("系统自带") == len(PaperKind)
    assert PATH not in page
    assert PATH in words(at_desk("administrator").get("/desk/administration/papers/"))


def test_a_look_shows_a_pdf_and_changes_nothing(at_desk: Desk) -> None:
    look = at_desk("administrator").post(PATH, TEXTS | {"closing": "特此告知。谢谢。", "preview": "1"})
    assert (look["Content-Type"], look.content[:5]) == ("application/pdf", b"%PDF-")
    assert not WordingVersion.objects.exists()


def test_a_changed_text_is_in_force(at_desk: Desk) -> None:
    done = at_desk("administrator").post(PATH, TEXTS | {"closing": "特此告知。谢谢。"}, follow=True)
    assert "模板已改" in words(done)
    assert WordingVersion.objects.get().version == 101
    assert "特此告知。谢谢。" in words(at_desk("administrator").get(PATH))


def test_what_loses_an_element_is_refused_beside_the_body_and_nothing_typed_is_lost(at_desk: Desk) -> None:
    for more in ({}, {"preview": "1"}):
        refused = at_desk("administrator").post(PATH, TEXTS | {"body": "已转由{unit}处理，编号{number}。"} | more)
        assert refused.status_code == 422
        assert "正文里不能缺少这些要素：联系电话、下一步。" in words(refused)
        assert "已转由{unit}处理，编号{number}。" in words(refused)


def test_there_is_no_page_for_what_is_no_paper(at_desk: Desk, cast: Cast) -> None:
    assert at_desk("administrator").get("/desk/administration/papers/poem/").status_code == 404
