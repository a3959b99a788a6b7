"""What a petitioner does with his act secret from the page that tells where his petition stands."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django import DjangoAssertNumQueries, Settings

from tests.cast import Cast, Life
from tests.files import samples
from tests.portal import conftest
from tests.portal.conftest import ask, text
from tests.portal.test_filing import codes
from xinfang.petitions import actions, openings, policies, progress, queries, slip_codes
from xinfang.petitions.models import Evidence, Petition, Plea, Withdrawal
from xinfang.portal.act_forms import FORMS
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

APART = ("review", "withdraw-review", "pack", "erase")
"""Which need an opinion, answer with a file, or come when all is over (test_own_pack.py)."""
ACTS = [name for name in FORMS if name not in APART]
FIELDS: dict[str, dict[str, Any]] = {
    "urge": {"text": "三个月了，没有人来看过。"},
    "correct": {"text": "地点写错了，应当是斜口街道。"},
    "withdraw": {"statement": "已经修好了。"},
    "looks": {},
    "retaliation": {"text": "村干部威胁我撤诉。", "whose": "unit"},
    "material": {},
}


@pytest.fixture(autouse=True)
def _a_store_of_its_own(settings: Settings, tmp_path: Any) -> None:
    settings.STORE = tmp_path / "files"


@pytest.fixture
def life(cast: Cast) -> Life:
    """A street has it in hand."""
    life = Life(cast)
    life.now = timezone.now() - timedelta(days=10)
    return life.until("handle")


def send(client: Client, life: Life, act: str, **changes: Any) -> Any:
    """With what every test of this act types."""
    photo = {"files": [SimpleUploadedFile("屋顶.jpg", samples.jpeg())]} if act == "material" else {}
    return conftest.send(client, life, act, **{**FIELDS[act], **photo, **changes})


def page_of(client: Client, life: Life) -> str:
    return text(ask(client, str(life.registered.petition.number), life.registered.query_code))


def written() -> dict[str, int]:
    models = (Plea, Withdrawal, Evidence, Petition)
    return {model.__name__: model.objects.count() for model in models}


def test_the_page_offers_what_he_may_do_with_the_form_right_there(client: Client, life: Life) -> None:
    page = page_of(client, life)
    assert [page.count(f'id="may-{name}"') for name in ACTS] == [1] * len(ACTS)
    assert page.split('id="steps"')[0].count(f'value="{life.registered.query_code}"') == len([*ACTS, "pack"])
    assert "__number__" not in page
    tokens = {part.split('"')[0] for part in page.split('name="token" value="')[1:]}
    assert len(tokens) == 1
    assert tokens != {part.split('"')[0] for part in page_of(client, life).split('name="token" value="')[1:]}


def test_the_page_costs_no_statement_more_for_it(
    client: Client, life: Life, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(3):
        page_of(client, life)


def test_an_urge_is_seen_by_the_unit_and_answered_in_his_timeline(client: Client, cast: Cast, life: Life) -> None:
    page = text(send(client, life, "urge"))
    assert "催办已经记下" in page
    assert "您提出催办：三个月了，没有人来看过。" in page
    plea = Plea.objects.get()
    actions.reply_to(plea, text="后天上门。", by=cast.street_handler, at=timezone.now())
    assert "骊山街道办事处回话：后天上门。" in page_of(client, life)
    sequencer.place_all()
    assert verify() is None
    assert "三个月" not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_it_is_urged_once_a_day(client: Client, life: Life) -> None:
    send(client, life, "urge")
    page = text(send(client, life, "urge", token="another"))
    assert "一天之内已经提过" in page
    assert Plea.objects.count() == 1


def test_material_goes_to_the_unit_as_a_copy(client: Client, life: Life) -> None:
    page = text(send(client, life, "material"))
    assert "材料已经收下" in page
    assert Entry.objects.filter(act="petition.add_evidence", hand="petitioner").count() == 1
    assert Evidence.objects.get().label == "材料1"


def test_of_several_files_the_bad_one_is_named_and_the_others_kept(client: Client, life: Life) -> None:
    files = [SimpleUploadedFile("好.jpg", samples.jpeg()), SimpleUploadedFile("坏.exe", b"MZ" + bytes(90))]
    page = text(send(client, life, "material", files=files))
    assert "“坏.exe”：这种文件不能上传" in page
    assert Evidence.objects.count() == 1
    assert "1份已经收下，不用再交" in page
    form = page.split('id="may-material"')[1]
    token = form.split('name="token" value="')[1].split('"')[0]
    better = [SimpleUploadedFile("补.jpg", samples.jpeg())]
    assert "材料已经收下" in text(send(client, life, "material", files=better, token=token))
    assert Evidence.objects.count() == 2


def test_what_came_of_it_stands_where_the_browser_goes(client: Client, life: Life) -> None:
    page = text(send(client, life, "urge"))
    assert 'id="said">催办已经记下' in page
    assert page.count('id="said"') == 1
    page = text(send(client, life, "urge", act_secret="ABCDEFGH", token="another"))
    assert page.count('id="said"') == 1
    assert 'id="said"' in page.split('id="may-urge"')[1]
    assert "#said" in page
    assert "<title>有误：" in page


def test_without_a_file_material_is_asked_for(client: Client, life: Life) -> None:
    assert "请先选照片或者文件。" in text(send(client, life, "material", files=[]))


def test_a_withdrawal_waits_for_the_call(client: Client, life: Life) -> None:
    assert "信访局会向您本人核实" in text(send(client, life, "withdraw"))
    assert Withdrawal.objects.get().is_on_paper is False
    assert "已有撤回申请等待回访。" in text(send(client, life, "withdraw", token="another"))


def test_a_correction_is_asked_for_and_nothing_changes_yet(client: Client, life: Life) -> None:
    assert "更正请求已经记下" in text(send(client, life, "correct"))
    assert Petition.objects.get().place == ""
    assert Plea.objects.get().kind == "correct"


def test_he_reads_which_office_looked_at_his_data_and_no_name(client: Client, cast: Cast, life: Life) -> None:
    from xinfang.petitions.codes import RevealGround

    assert "还没有查阅记录。" in text(send(client, life, "looks"))
    person = life.petition.petitioners.get()
    actions.reveal(person, ground=RevealGround.IDENTITY, by=cast.registrar, at=timezone.now())
    page = text(send(client, life, "looks"))
    assert "区信访局" in page.split('id="said"')[1]
    assert "查看信访人信息" in page
    assert cast.registrar.name not in page


def test_retaliation_is_another_petition_sealed_past_the_unit_and_the_first_keeps_no_trace(
    client: Client, cast: Cast, life: Life
) -> None:
    before = Entry.objects.filter(subject_id=life.petition.pk).count()
    page = text(send(client, life, "retaliation"))
    number, query_code, act_secret = codes(page)
    complaint = Petition.objects.get(number=number)
    assert complaint.is_accusation
    assert complaint.respondent_unit == cast.street
    assert complaint.related_to == life.petition
    assert policies.is_secret_of(complaint, act_secret)
    assert complaint.petitioners.get().identity == life.petition.petitioners.get().identity
    for name in ("street_head", "street_handler", "registrar", "dispatcher", "bureau_head", "leader"):
        assert complaint.pk not in queries.visible_to(cast.officers[name]).values_list("pk", flat=True), name
    assert complaint.pk in queries.visible_to(cast.officers["discipline"]).values_list("pk", flat=True)
    assert Entry.objects.filter(subject_id=life.petition.pk).count() == before
    assert "打击报复" not in page_of(client, life).split('id="steps"')[1].split("<footer")[0]
    assert codes(text(send(client, life, "retaliation"))) == (number, query_code, act_secret)
    assert Petition.objects.count() == 2
    sequencer.place_all()
    assert verify() is None


def test_a_complaint_about_the_bureau_goes_past_it(client: Client, cast: Cast, life: Life) -> None:
    number, *_ = codes(text(send(client, life, "retaliation", whose="organ")))
    complaint = Petition.objects.get(number=number)
    assert complaint.organ == cast.units["discipline"]
    assert complaint.respondent_unit == cast.bureau


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("secret", ["", "WRONGONE", "query_code", "' OR 1=1 --", "<b>", "０" * 60])
def test_without_the_act_secret_nothing_is_done(client: Client, life: Life, act: str, secret: str) -> None:
    before = written()
    entries = Entry.objects.count()
    answer = send(client, life, act, act_secret=life.registered.query_code if secret == "query_code" else secret)
    assert answer.status_code == 200
    assert f'id="{act}_act_secret_error"' in text(answer)
    assert (written(), Entry.objects.count()) == (before, entries)
    for said in FIELDS[act].values():
        assert said in text(answer)


@pytest.mark.parametrize("act", ACTS)
def test_a_wrong_query_code_leads_back_to_the_question_whatever_the_secret(
    client: Client, life: Life, act: str
) -> None:
    before = written()
    assert "没有查到。" in text(send(client, life, act, query_code="ABCDEFGHJK"))
    assert written() == before


@pytest.mark.parametrize("act", ["urge", "correct", "withdraw", "material"])
def test_a_form_sent_twice_counts_once_and_says_so(client: Client, life: Life, act: str) -> None:
    send(client, life, act)
    before = written()
    assert "这份表单已经提交过" in text(send(client, life, act))
    assert written() == before


@pytest.mark.parametrize("act", ACTS)
def test_what_is_typed_is_shown_as_it_was_typed_and_never_run(client: Client, life: Life, act: str) -> None:
    for name in FIELDS[act]:
        if name == "whose":
            continue
        page = text(send(client, life, act, act_secret="WRONG", **{name: "<script>alert(1)</script>😀𠮷"}))
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;😀𠮷" in page


def test_secrets_are_guessed_slowly(client: Client, life: Life) -> None:
    answers = [send(client, life, "urge", act_secret=f"WRONG{n:03}", token=f"t{n}") for n in range(7)]
    assert answers[-1].status_code == 429
    assert "连续输错多次" in text(answers[-1])


@pytest.mark.parametrize("act", ["nothing", "evaluate", "URGE"])
def test_an_act_that_is_none_is_not_there(client: Client, cast: Cast, act: str) -> None:
    assert client.post(reverse("portal:act", args=[act])).status_code == 404


def test_of_an_accusation_only_material_and_retaliation_are_offered(client: Client, cast: Cast) -> None:
    from xinfang.petitions.codes import Purpose

    life = Life(cast, purpose=Purpose.ACCUSE)
    page = page_of(client, life)
    assert 'id="may-material"' in page
    assert 'id="may-retaliation"' in page
    assert 'id="may-urge"' not in page
    assert 'id="may-looks"' not in page
    assert "由受理它的纪检监察机关保存" in text(send(client, life, "looks"))


def test_when_it_is_ended_it_is_urged_no_more(client: Client, cast: Cast) -> None:
    life = Life(cast).until("deliver")
    assert 'id="may-urge"' not in page_of(client, life)
    assert "urge" not in openings.petitioner_may(Petition.objects.get())


@pytest.fixture
def answered(cast: Cast) -> Life:
    life = Life(cast)
    life.now = timezone.now() - timedelta(days=10)
    return life.until("deliver")


def ask_review(client: Client, life: Life, **changes: Any) -> Any:
    form = {
        "number": life.registered.petition.number,
        "query_code": life.registered.query_code,
        "act_secret": life.registered.act_secret,
        "token": "one-review",
        "organ": "临潼区人民政府",
        "request": "第2项没有答复清楚，请求复查。",
    }
    return client.post(reverse("portal:act", args=["review"]), {**form, **changes})


def test_after_the_opinion_he_asks_for_review_of_the_organ_above(client: Client, answered: Life) -> None:
    page = page_of(client, answered)
    assert 'id="may-review"' in page
    assert "临潼区人民政府" in page.split('id="may-review"')[1].split("</details>")[0]
    offer = progress.of(
        slip_codes.by_code(str(answered.petition.number), answered.registered.query_code), today=timezone.localdate()
    )
    assert offer.offer is not None
    assert offer.offer.until is not None
    assert f"您还可以申请复查，到{date_format(offer.offer.until)}为止（含当日）。" in page.split("</dl>")[0]
    assert "申请已经登记" in text(ask_review(client, answered))
    review = answered.petition.reviews.get()
    assert (review.is_on_paper, review.request) == (False, "第2项没有答复清楚，请求复查。")
    assert Entry.objects.get(act="petition.apply_review").hand == "petitioner"
    assert 'id="may-review"' not in page_of(client, answered)
    assert answered.petition.reviews.count() == 1
    ask_review(client, answered, token="another")
    assert answered.petition.reviews.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"act_secret": "WRONGONE"}, "办事密码不对。"),
        ({"organ": "西安市人民政府"}, "请选一个机关。"),
        ({"request": ""}, "请写明请求、事实和理由。"),
    ],
)
def test_what_is_wrong_with_it_is_told_and_nothing_typed_is_lost(
    client: Client, answered: Life, changes: dict[str, str], sentence: str
) -> None:
    page = text(ask_review(client, answered, **changes))
    assert sentence in page
    assert "第2项没有答复清楚，请求复查。</textarea>" in page or "request" in changes
    assert not answered.petition.reviews.exists()


def test_before_there_is_an_opinion_no_review_is_offered(client: Client, life: Life) -> None:
    assert 'id="may-review"' not in page_of(client, life)
    assert "现在没有可以复查、复核的意见" in text(ask_review(client, life))


def test_sent_twice_the_form_says_that_it_was_taken(client: Client, answered: Life) -> None:
    ask_review(client, answered)
    page = text(ask_review(client, answered))
    assert "这份申请已经交过，也已经登记，没有重复登记。" in page
    assert "已收到您的复查申请" in page
    number = answered.petition.reviews.get().number
    assert f"您的复查申请（{number}）正在办理" in text(ask_review(client, answered, token="another"))
    assert answered.petition.reviews.count() == 1


def withdraw_review(client: Client, life: Life, **changes: Any) -> str:
    form = {"statement": "想等新的材料。", "token": "one-back"}
    codes = {"number": life.registered.petition.number, "query_code": life.registered.query_code}
    form |= {**codes, "act_secret": life.registered.act_secret, **changes}
    return text(client.post(reverse("portal:act", args=["withdraw-review"]), form))


def test_he_withdraws_his_review_and_it_waits_for_the_call(client: Client, answered: Life) -> None:
    assert 'id="may-withdraw-review"' not in page_of(client, answered)
    ask_review(client, answered)
    assert 'id="may-withdraw-review"' in page_of(client, answered)
    assert "办事密码不对" in withdraw_review(client, answered, act_secret="WRONGONE")
    assert "请写明为什么撤回。" in withdraw_review(client, answered, statement=" ")
    page = withdraw_review(client, answered)
    assert "信访局会向您本人核实" in page
    assert "您申请撤回复查，核实以前照常办理。" in page
    assert 'id="may-withdraw-review"' not in page
    assert "没有重复办理" in withdraw_review(client, answered)
    assert answered.petition.reviews.get().withdrawals.count() == 1


def test_where_there_is_no_review_nothing_is_withdrawn(client: Client, answered: Life) -> None:
    assert "现在没有可以撤回的复查、复核申请。" in withdraw_review(client, answered)
