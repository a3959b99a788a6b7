"""文书模板, the administrator's page."""

from collections.abc import Callable

from django.test import Client

from tests.cast import Cast
from tests.desk.hall import words
from xinfang.documents.house_words import default
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import WordingVersion
from xinfang.documents.wording import EDITABLE

Desk = Callable[[str], Client]
PATH = "/desk/administration/papers/routing_notice/"
TEXTS = {name: default(PaperKind.ROUTING_NOTICE).texts()[name] for name in EDITABLE}
FORM = "/desk/administration/papers/extension_approval/"


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
        assert "正文、结尾里不能缺少这些要素：联系电话、下一步。" in words(refused)
        assert "已转由{unit}处理，编号{number}。" in words(refused)


def test_there_is_no_page_for_what_is_no_paper(at_desk: Desk, cast: Cast) -> None:
    assert at_desk("administrator").get("/desk/administration/papers/poem/").status_code == 404


def filled(client: Client) -> dict[str, str]:
    """The page as it is shown, with nothing changed."""
    form = client.get(FORM).context["form"]
    return {field.html_name: str(field.value() or "") for field in form}


def test_the_rows_of_a_form_are_renamed_and_looked_at_first(at_desk: Desk) -> None:
    desk = at_desk("administrator")
    form = filled(desk) | {"label_ground": "延期缘由", "blank_1": "经办人签名"}
    assert desk.post(FORM, form | {"preview": "1"}).content[:5] == b"%PDF-"
    assert not WordingVersion.objects.exists()
    assert "模板已改" in words(desk.post(FORM, form, follow=True))
    assert (again := filled(desk))["label_ground"] == "延期缘由"
    assert again["blank_1"] == "经办人签名"
    assert "文字没有改动" in words(desk.post(FORM, again, follow=True))


def test_a_row_without_a_name_is_refused_beside_it_and_nothing_typed_is_lost(at_desk: Desk) -> None:
    desk = at_desk("administrator")
    for more in ({}, {"preview": "1"}):
        refused = desk.post(FORM, filled(desk) | {"label_ground": "", "label_due": "原来的期限"} | more)
        assert refused.status_code == 422
        assert refused.context["form"].errors["label_ground"] == ["这一栏的名称不能空着。"]
        assert "原来的期限" in words(refused)


def test_a_letter_asks_for_names_only_where_it_has_a_table(at_desk: Desk) -> None:
    desk = at_desk("administrator")
    assert "表格里各栏的名称" not in words(desk.get(PATH))
    desk.post(PATH, TEXTS | {"body": "您的信访事项已转出：\n{rows}"})
    page = words(desk.get(PATH))
    assert 'name="label_telephone"' in page
    assert 'name="label_to"' not in page  # above the body
