"""Anyone files on a phone in six small steps, without a script, an account or a cookie; nothing typed is lost on the way."""

import logging
import time
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from tests.cast import Cast
from tests.files import samples
from tests.journeys.visitor import Upload, Visitor
from tests.portal.conftest import ask, text
from xinfang.files import store
from xinfang.files.models import Blob
from xinfang.petitions import policies, queries
from xinfang.petitions.models import Demand, Evidence, Petition, Petitioner
from xinfang.portal import busy, tally
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

WRITE = "portal:write"
TOKEN = "a-token-that-nobody-guesses-1234"
WHAT = {"purpose": "claim", "subject": "屋顶漏水没有人修", "text": "去年冬天起屋顶漏水。", "channel": "online"}
WHERE = {"division": "610115001000", "place": "某小区3号楼", "respondent": ""}
ASKS = {"demands": ["修好屋顶", "赔偿损失"]}
WHO = {"naming": "named", "name": "王桂兰", "phone": "13800001234", "address": "骊山街道某村", "id_no": ""}
WHO |= {"agent_name": "", "agent_phone": "", "persons_count": "1"}


def all_of_it(**changes: Any) -> dict[str, Any]:
    return {**WHAT, **WHERE, **ASKS, **WHO, "step": "check", "go": "file", "token": TOKEN, **changes}


def post(client: Client, **changes: Any) -> Any:
    return client.post(reverse(WRITE), all_of_it(**changes))


def at_step(client: Client, step: str, go: str = "next", **fields: Any) -> Any:
    return client.post(reverse(WRITE), {"step": step, "go": go, "token": TOKEN, **fields})


def code(page: str, name: str) -> str:
    return page.split(f'id="{name}">')[1].split("<", maxsplit=1)[0]


def codes(page: str) -> tuple[str, str, str]:
    return code(page, "number"), code(page, "query-code"), code(page, "act-secret")


def photo(name: str = "屋顶.heic", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, samples.heic() if content is None else content)


def held(client: Client, *files: SimpleUploadedFile, **changes: Any) -> Any:
    return client.post(reverse(WRITE), {**all_of_it(step="files", go="more"), "files": list(files), **changes})


def carried(page: Any) -> str:
    return text(page).split('name="held" value="')[1].split('"')[0]


def test_a_person_walks_the_six_steps_and_gets_number_code_and_secret(cast: Cast) -> None:
    visitor = Visitor()
    visitor.open("/file/")
    visitor.follow("开始写")
    visitor.fill(purpose="请求解决问题、投诉", subject="屋顶漏水没有人修", text="去年冬天起屋顶漏水。")
    visitor.press("下一步")
    visitor.fill(division="骊山街道", place="某小区3号楼")
    visitor.press("下一步")
    visitor.fill(demands="修好屋顶")
    visitor.press("下一步")
    visitor.fill(files=Upload("屋顶.jpg", "image/jpeg", samples.jpeg()))
    visitor.press("上传选好的文件")
    assert visitor.sees("屋顶.jpg")
    visitor.press("下一步")
    assert visitor.sees("为什么问")
    visitor.fill(name="王桂兰", phone="13800001234")
    visitor.press("下一步")
    assert visitor.sees("去年冬天起屋顶漏水。")
    assert not Petition.objects.exists()
    visitor.press("提交")
    petition = Petition.objects.get()
    assert visitor.sees(str(petition.number))
    assert visitor.sees(petition.query_code)
    assert (petition.channel, petition.organ, petition.text) == ("online", cast.bureau, "去年冬天起屋顶漏水。")
    assert petition.evidence.count() == 1
    assert Petitioner.objects.get().identity.name == "王桂兰"
    assert not visitor.client.cookies


def test_the_codes_on_the_slip_read_and_act(cast: Cast, client: Client) -> None:
    number, query_code, act_secret = codes(text(post(client)))
    assert "屋顶" in text(ask(client, number, query_code)) or "已登记" in text(ask(client, number, query_code))
    petition = Petition.objects.get()
    assert policies.is_secret_of(petition, act_secret)
    assert not policies.is_secret_of(petition, query_code)
    assert [demand.text for demand in Demand.objects.order_by("n")] == ["修好屋顶", "赔偿损失"]


def test_what_was_filed_is_vouched_for_as_the_petitioners_own_act(cast: Cast, client: Client) -> None:
    post(client, held=carried(held(client, photo())))
    entries = list(Entry.objects.order_by("id"))
    assert [(entry.act, entry.hand) for entry in entries] == [
        ("petition.register", "petitioner"),
        ("petition.add_evidence", "petitioner"),
    ]
    sequencer.place_all()
    assert verify() is None
    told = str([entry.facts for entry in entries])
    assert "王桂兰" not in told
    assert "屋顶" not in told
    assert TOKEN not in str(entries[0].once)


def test_a_form_sent_twice_is_one_petition_with_the_same_slip(cast: Cast, client: Client) -> None:
    first, second = post(client), post(client)
    assert codes(text(first)) == codes(text(second))
    assert "没有重复登记" in text(second)
    assert Petition.objects.count() == 1


def test_another_form_has_other_codes(cast: Cast, client: Client) -> None:
    first, second = codes(text(post(client))), codes(text(post(client, token=TOKEN[::-1])))
    assert not set(first) & set(second)


def test_the_slip_is_shown_to_nobody_else_and_kept_nowhere(cast: Cast, client: Client) -> None:
    answer = post(client)
    _, _, act_secret = codes(text(answer))
    assert answer.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert act_secret.encode() not in bytes(Petition.objects.get().act_secret_hash or b"")
    assert act_secret not in str(list(Entry.objects.values_list("facts", "once")))


@pytest.mark.parametrize(
    ("step", "fields", "sentence"),
    [
        ("what", {**WHAT, "text": ""}, "请写明发生了什么事。"),
        ("what", {**WHAT, "purpose": "nonsense"}, "没有这个选项"),
        ("what", {**WHAT, "subject": "屋" * 51}, "不能超过50个字，现在有51个字。"),
        ("what", {**WHAT, "text": "漏\0水"}, "含有不能保存的字符"),
        ("where", {**WHERE, "division": ""}, "请选一个地方"),
        ("where", {**WHERE, "division": "999999999999"}, "没有这个选项"),
        ("asks", {"demands": ["", " "]}, "请至少写一项要求。"),
        ("asks", {"demands": ["修" * 501]}, "第1项不能超过500个字，现在有501个字。"),
        ("asks", {"demands": ["修"] * 31}, "最多30项，现在有31项。"),
        ("who", {**WHO, "name": ""}, "请填写姓名；不想写的"),
        ("who", {**WHO, "phone": ""}, "请填写电话；没有电话的"),
        ("who", {**WHO, "id_no": "610115195401010021"}, "身份证号码好像写错了一位"),
        ("who", {**WHO, "is_agent": "on"}, "请填写代理人姓名。"),
        ("who", {**WHO, "persons_count": "0"}, "请填人数"),
        ("who", {**WHO, "persons_count": "many"}, "请填人数"),
        ("who", {**WHO, "representatives": ["甲", "乙", "丙", "丁", "戊", "己"]}, "最多4项"),
    ],
)
def test_a_complaint_stands_beside_its_field_and_nothing_typed_is_lost(
    cast: Cast, client: Client, step: str, fields: dict[str, Any], sentence: str
) -> None:
    kept = {"text": "写了很久的话。"} if step != "what" else {"place": "三号楼"}
    for answer in (at_step(client, step, **{**kept, **fields}), post(client, **fields)):
        page = text(answer)
        assert answer.status_code == 422
        assert 'class="error"' in page
        assert sentence in page
        for value in fields.values():
            for one in [value] if isinstance(value, str) else value:
                assert not one.strip() or "\0" in one or one in ("on", "nonsense", "999999999999") or one in page
    assert next(iter(kept.values())) in text(at_step(client, step, **{**kept, **fields}))
    assert not Petition.objects.exists()


def test_going_back_asks_for_nothing_and_keeps_everything(cast: Cast, client: Client) -> None:
    page = text(at_step(client, "where", "back", **WHAT, division="", place="三号楼"))
    assert "发生了什么事" in page
    assert "去年冬天起屋顶漏水。</textarea>" in page
    assert 'name="place" value="三号楼"' in page


@pytest.mark.parametrize(
    "said", ["漏" * 20_000, "屋顶漏水😀👵🏽", "𠮷𡈽𪚥村的地", "第一行\r\n第二行", "<script>alert(1)</script>"]
)
def test_long_texts_emoji_and_rare_characters_are_kept_as_they_were_written(
    cast: Cast, client: Client, said: str
) -> None:
    shown = text(at_step(client, "who", **{**WHAT, "text": said}, **WHERE, **ASKS, **WHO))
    assert "<script>alert" not in shown
    post(client, text=said, subject=said[:20], name="𠮷永某")
    petition = Petition.objects.get()
    assert petition.text == said
    assert Petitioner.objects.get().identity.name == "𠮷永某"


def test_a_text_over_the_limit_is_counted_and_comes_back(cast: Cast, client: Client) -> None:
    answer = post(client, text="漏" * 50_001)
    assert "不能超过50000个字，现在有50001个字。" in text(answer)
    assert "漏" * 50_001 in text(answer)


def test_more_than_any_form_may_hold_is_told_in_a_sentence(cast: Cast, client: Client) -> None:
    answer = post(client, text="a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))
    assert answer.status_code == 413
    assert "收不下" in text(answer)
    assert post(client, demands=["修"] * 1_100).status_code == 413


def test_the_hour_is_the_houses_whatever_a_visitors_clock_says(cast: Cast, client: Client) -> None:
    before = timezone.now()
    post(client, received_at="2031-01-01 00:00", petition_date="1999-01-01", at="0")
    petition = Petition.objects.get()
    assert before <= petition.received_at <= timezone.now()
    assert petition.petition_date == timezone.localdate()


def test_a_phone_photo_is_kept_and_its_copy_is_one_that_every_browser_shows(cast: Cast, client: Client) -> None:
    page = held(client, photo("屋顶.heic"))
    assert "屋顶.heic" in text(page)
    assert not Blob.objects.exists()
    post(client, held=carried(page))
    evidence = Evidence.objects.select_related("original", "copy", "petition").get()
    assert (evidence.original.media_type, evidence.copy.media_type) == ("image/heic", "image/jpeg")
    copy = b"".join(store.open_blob(evidence.copy.address, key=evidence.petition.key))
    assert Image.open(BytesIO(copy)).format == "JPEG"
    assert samples.MAKER not in copy


def test_a_large_photo_is_taken_and_a_larger_one_told_in_megabytes(cast: Cast, client: Client) -> None:
    size = 50 * 1024 * 1024
    large = samples.jpeg() + bytes(size - len(samples.jpeg()))
    page = held(client, photo("大.jpg", large), photo("太大.jpg", large + b"\0"))
    assert "“太大.jpg”：" in text(page)
    assert "不能超过 50 MB。" in text(page)
    assert text(page).count("不交了") == 1
    post(client, held=carried(page))
    assert Blob.objects.filter(size=size).count() == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.zip", samples.package({"a.txt": "x"}), "压缩包请先解开"),
        ("炸弹.docx", samples.package({**samples.docx_parts(), "word/media/a.bin": "0" * 300_000_000}), "解开后太大"),
        ("photo.jpg", b"<!DOCTYPE html><script>alert(1)</script>", "这种文件不能上传"),
        ("photo.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "这种文件不能上传"),
        ("run.exe", b"MZ\x90\x00" + bytes(100), "这种文件不能上传"),
        ("空.jpg", b"", "空文件"),
    ],
)
def test_what_is_not_taken_is_told_by_its_name_and_costs_nothing_else(
    cast: Cast, client: Client, name: str, content: bytes, sentence: str
) -> None:
    page = held(client, photo("好.jpg", samples.jpeg()), photo(name, content))
    assert f"“{name}”：" in text(page)
    assert sentence in text(page)
    assert 'value="去年冬天起屋顶漏水。"' in text(page)
    assert text(page).count("不交了") == 1


def test_a_script_in_a_files_name_is_only_a_name(cast: Cast, client: Client) -> None:
    name = '"><img src=x onerror=alert(1)>.jpg'
    page = held(client, photo(name, samples.jpeg()))
    assert "<img src=x" not in text(page)
    post(client, held=carried(page))
    assert Evidence.objects.count() == 1


def test_a_file_that_is_not_wanted_after_all_leaves_the_store(cast: Cast, client: Client) -> None:
    page = held(client, photo())
    assert len(_in_the_store()) == 2
    page = held(client, go="drop-0", held=carried(page))
    assert carried(page) == ""
    assert _in_the_store() == set()


def test_a_file_dropped_and_brought_back_by_the_back_button_is_named_and_the_rest_is_filed(
    cast: Cast, client: Client
) -> None:
    before = carried(held(client, photo("屋顶.heic"), photo("合同.heic", samples.heic())))
    held(client, go="drop-0", held=before)
    answer = post(client, held=before)
    assert answer.status_code == 422
    assert "“屋顶.heic”先前已经不交了" in text(answer)
    assert "<title>有误：" in text(answer)
    assert not Petition.objects.exists()
    assert "信访事项登记单" in text(post(client, held=carried(answer)))
    assert Evidence.objects.count() == 1


def test_the_same_form_with_files_pressed_again_gets_the_same_slip(cast: Cast, client: Client) -> None:
    before = carried(held(client, photo()))
    first = codes(text(post(client, held=before)))
    assert codes(text(post(client, held=before))) == first


def test_another_language_or_larger_type_costs_nothing_typed(cast: Cast, client: Client) -> None:
    page = at_step(client, "what", go="language-en", **WHAT)
    assert page.status_code == 200
    assert client.cookies["django_language"].value == "en"
    assert '<html lang="en"' in text(page)
    assert WHAT["text"] in text(page)
    page = at_step(client, "where", go="look-elder", **WHAT, **WHERE)
    assert client.cookies["look"].value == "elder"
    assert 'class="elder"' in text(page)
    assert WHERE["place"] in text(page)
    assert "elder" not in text(at_step(client, "where", go="look-", **WHAT, **WHERE)).split("<body>")[0]
    assert at_step(client, "what", go="language-xx", **WHAT).status_code == 200


def test_the_slip_offers_no_button_that_would_lose_it(cast: Cast, client: Client) -> None:
    page = text(post(client))
    assert "信访事项登记单" in page
    assert "长辈版" not in page
    assert "English" not in page
    number, query_code, _ = codes(page)
    assert "长辈版" not in text(ask(client, number, query_code))


def test_files_put_by_lie_under_keys_that_only_the_page_knows_and_are_swept_away(cast: Cast, client: Client) -> None:
    page = held(client, photo("屋顶.jpg", samples.jpeg()))
    for name in _in_the_store():
        content = next(settings.STORE.rglob(name)).read_bytes()
        assert samples.MAKER not in content
        assert b"JFIF" not in content
    assert samples.jpeg()[:20].hex() not in carried(page)
    tomorrow = timezone.now() + timezone.timedelta(days=2)
    assert store.sweep_orphans(at=tomorrow) == 2


def test_files_of_another_page_cannot_be_claimed(cast: Cast, client: Client) -> None:
    page = held(client, photo())
    broken = carried(page)[:-8] + "AAAAAAA="
    answer = post(client, held=broken)
    assert answer.status_code == 422
    assert "已经清除，请重新选" in text(answer)
    assert not Petition.objects.exists()


def test_a_line_that_breaks_half_way_leaves_nothing_written(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xinfang.petitions import actions

    def broken(*args: Any, **kwargs: Any) -> None:
        raise ConnectionError

    page = carried(held(client, photo()))
    monkeypatch.setattr(actions, "add_evidence", broken)
    with pytest.raises(ConnectionError):
        post(client, held=page)
    monkeypatch.undo()
    assert not Petition.objects.exists()
    assert not Entry.objects.exists()
    post(client, held=page)
    assert Evidence.objects.count() == 1


def test_an_accusation_is_sealed_at_once(cast: Cast, client: Client) -> None:
    answer = post(client, purpose="accuse", respondent=cast.street.code, naming="unnamed", name="", phone="")
    petition = Petition.objects.get()
    assert (petition.is_accusation, petition.is_anonymous) == (True, True)
    assert petition.respondent_unit == cast.street
    assert petition.pk not in queries.visible_to(cast.street_head).values_list("pk", flat=True)
    assert petition.pk in queries.visible_to(cast.officers["discipline"]).values_list("pk", flat=True)
    assert cast.street.name not in text(answer).split("信访事项登记单")[1]


def test_a_complaint_about_the_bureau_goes_past_it(cast: Cast, client: Client) -> None:
    post(client, purpose="accuse", respondent=cast.bureau.code)
    petition = Petition.objects.get()
    assert petition.organ == cast.units["discipline"]
    for name in ("bureau_head", "registrar", "dispatcher", "leader"):
        assert petition.pk not in queries.visible_to(cast.officers[name]).values_list("pk", flat=True), name


def test_the_leaders_mailbox_is_the_same_road_and_says_who_handles_it(cast: Cast, client: Client) -> None:
    page = text(post(client, channel="leader_mailbox"))
    petition = Petition.objects.get()
    assert (petition.channel, petition.organ) == ("leader_mailbox", cast.bureau)
    assert "XX" in str(petition.number)
    assert petition.due_on is not None
    assert "不能改变办理的程序和期限" in page
    assert petition.pk in queries.visible_to(cast.leader).values_list("pk", flat=True)


def test_several_file_together_through_their_representatives_and_an_agent_for_another(
    cast: Cast, client: Client
) -> None:
    said = {"persons_count": "12", "representatives": ["赵一", "钱二", ""], "is_agent": "on"}
    post(client, **said, agent_name="孙三", agent_phone="13900000000")
    petition = Petition.objects.get()
    people = [(one.role, one.identity.name) for one in petition.petitioners.order_by("id")]
    assert people == [("lead", "王桂兰"), ("representative", "赵一"), ("representative", "钱二"), ("agent", "孙三")]
    assert (petition.persons_count, petition.is_joint, petition.is_group) == (12, True, False)


def test_confidential_hides_who_it_is(cast: Cast, client: Client) -> None:
    post(client, is_confidential="on")
    petition = Petition.objects.get()
    assert petition.confidentiality == "confidential"
    assert petition.title == "屋顶漏水没有人修"
    assert Petition.objects.filter(title__contains="屋顶").count() == 0


def test_advice_names_the_road_refuses_nobody_and_is_never_logged(
    cast: Cast, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        page = text(at_step(client, "what", "advise", **{**WHAT, "text": "老板拖欠工资三个月，我要举报他行贿。"}))
    assert "劳动争议仲裁" in page
    assert "12388" in page
    assert "您仍然可以接着在这里提交" in page
    assert "我要举报他行贿。</textarea>" in page
    assert "工资" not in caplog.text
    assert "没有看出另有一条路" in text(at_step(client, "what", "advise", **WHAT))
    assert not Entry.objects.exists()


def test_when_very_many_file_each_does_a_little_work_or_waits(
    cast: Cast, client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BUSY_FROM = 1
    post(client)
    answer = post(client, token=TOKEN[::-1])
    page = text(answer)
    assert answer.status_code == 422
    assert "请等20秒，再按一次“提交”" in page
    stamp, challenge = (page.split(mark)[1].split('"')[0] for mark in ('name="stamp" value="', 'data-challenge="'))
    toll = {"token": TOKEN[::-1], "stamp": stamp}
    assert post(client, **toll).status_code == 422
    assert post(client, **toll, answer=".".join("0" * 16)).status_code == 422
    assert post(client, token=TOKEN + "x", stamp=stamp, answer=solved(challenge)).status_code == 422
    assert post(client, **toll, answer=solved(challenge)).status_code == 200
    monkeypatch.setattr(busy, "WAIT", 0)
    assert post(client, token=TOKEN + "y", stamp=stamp).status_code == 422
    page = text(post(client, token=TOKEN + "y"))
    stamp = page.split('name="stamp" value="')[1].split('"')[0]
    assert post(client, token=TOKEN + "y", stamp=stamp).status_code == 200
    assert tally.counted("portal.filed", within=busy.WINDOW) == 3


def test_a_count_ends_with_its_while_however_often_it_was_added_to(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    for _ in range(3):
        tally.count("a", 2, within=600)
    assert tally.counted("a", within=600) in (4, 6)  # the while may end between them
    monkeypatch.setattr(time, "time", lambda: now + 601)
    assert tally.counted("a", within=600) == 0


def solved(challenge: str) -> str:
    import hashlib
    from itertools import count

    def first(part: int) -> int:
        tries = (hashlib.sha256(f"{challenge}:{part}:{n}".encode()).digest() for n in count())
        return next(n for n, one in enumerate(tries) if int.from_bytes(one[:4], "big") >> (32 - busy.BITS) == 0)

    return ".".join(str(first(part)) for part in range(busy.PARTS))


def test_without_a_bureau_it_says_where_to_turn(db: None, client: Client) -> None:
    from xinfang.organizations.models import Division

    Division.objects.create(code="610115001000", name="骊山街道", kind="street")
    answer = post(client)
    assert answer.status_code == 422
    assert "请写信、打电话或者到窗口" in text(answer)


def _in_the_store() -> set[str]:
    known = {file.name for file in settings.STORE.rglob("*") if file.is_file()}
    return known - set(Blob.objects.values_list("address", flat=True))


@pytest.fixture(autouse=True)
def _a_store_of_its_own(settings: Settings, tmp_path: Any) -> None:
    settings.STORE = tmp_path / "files"


def test_who_wants_it_is_told_of_news_by_sms(client: Client, cast: Cast) -> None:
    assert post(client, wants_sms="on").status_code in (200, 302)
    assert Petition.objects.get().notify_by == "sms"


@pytest.fixture
def _mailing(settings: Settings) -> None:
    settings.MAIL_FROM = "notice@example.cn"


def test_a_county_without_a_mail_server_promises_none(client: Client, cast: Cast) -> None:
    assert 'name="email"' not in text(at_step(client, "who", go="look", **{**WHAT, **WHERE, **ASKS, **WHO}))
    post(client, wants_email="on", email="wang@example.cn")
    assert Petition.objects.get().notify_by == "paper"


@pytest.mark.usefixtures("_mailing")
def test_who_wants_it_is_told_of_news_by_e_mail_and_the_address_is_sealed(client: Client, cast: Cast) -> None:
    post(client, wants_email="on", email="wang@example.cn")
    petition = Petition.objects.get()
    assert petition.notify_by == "email"
    person = petition.petitioners.get()
    assert person.identity.email == "wang@example.cn"
    assert b"example.cn" not in bytes(person.sealed)


@pytest.mark.usefixtures("_mailing")
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"wants_email": "on", "email": ""}, "请填写电子邮箱"),
        ({"wants_email": "on", "email": "wang@"}, "请填写电子邮箱"),
        ({"wants_email": "on", "email": "wang@example.cn", "wants_sms": "on"}, "请只勾一样"),
    ],
)
def test_an_e_mail_needs_a_mailbox_and_one_way_is_enough(
    client: Client, cast: Cast, typed: dict[str, str], sentence: str
) -> None:
    page = text(at_step(client, "who", **{**WHAT, **WHERE, **ASKS, **WHO, **typed}))
    assert sentence in page
    assert f'value="{typed["email"]}"' in page or not typed["email"]


def test_an_address_that_nobody_writes_to_is_not_kept(client: Client, cast: Cast) -> None:
    post(client, email="wang@example.cn")
    assert Petition.objects.get().petitioners.get().identity.email == ""


def test_nobody_is_sent_an_sms_unasked(client: Client, cast: Cast) -> None:
    post(client)
    assert Petition.objects.get().notify_by == "paper"


@pytest.mark.parametrize("phone", ["029-83812345", "1380000"])
def test_an_sms_needs_a_mobile_number(client: Client, cast: Cast, phone: str) -> None:
    page = text(at_step(client, "who", **{**WHAT, **WHERE, **ASKS, **WHO, "phone": phone, "wants_sms": "on"}))
    assert "要短信提醒的，请填写11位手机号码" in page
    assert phone in page
    assert not Petition.objects.exists()


def test_who_writes_no_name_gets_no_sms_whatever_was_ticked(client: Client, cast: Cast) -> None:
    post(client, naming="unnamed", name="", phone="", wants_sms="on")
    assert Petition.objects.get().notify_by == "paper"


@pytest.mark.parametrize(
    ("said", "is_open"),
    [
        ({}, False),
        ({"representatives": ["", "赵一"]}, True),
        ({"persons_count": "3"}, True),
        ({"is_agent": "on"}, True),
    ],
)
def test_what_concerns_few_is_folded_until_it_is_filled_in(
    cast: Cast, client: Client, said: dict[str, Any], is_open: bool
) -> None:
    page = text(at_step(client, "who", "more", **{**WHO, **said}))
    assert ('<details class="may" open>' in page) is is_open
