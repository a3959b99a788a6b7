"""The written county: enough of it, whole, plausible, and nobody's real data."""

import re
import shutil
from collections import Counter
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from django.utils import timezone

from xinfang.desk.demo_texts import DemoTexts, Filled, Hero, read
from xinfang.legislation import library
from xinfang.organizations import county
from xinfang.organizations.errors import BadCounty
from xinfang.petitions import openings, reply_gate
from xinfang.petitions.codes import AssignmentKind, EvaluationValue, NoteKind, OpinionResult, Purpose
from xinfang.trace.acts import Hand

COUNTY = Path(__file__).resolve().parents[2] / "counties" / "lintong"
SEEDS = (1, 20261122)
HEADS = 2000
ON_ONE_SCREEN = 100
LONGEST_TITLE, LONGEST_CELL = 40, 500

LONG_NUMBER = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|\d{15}|\d{17}[\dXx])(?!\d)")
RESERVED_PHONE = re.compile(r"1380000\d{4}")
FIRM = re.compile(r"(.{0,6}?)(?:有限)?公司")
ANY_FIRM = ("开发", "劳务", "保安", "供电", "燃气", "公交", "三家", "又说", "现在说", "注册了", "哪来的", "小")
REAL_FIRMS = (
    *("万科", "碧桂园", "恒大", "保利", "中海", "融创", "绿地", "龙湖", "移动公司", "联通", "铁塔", "国网", "邮政储蓄"),
    *(
        "美团",
        "滴滴",
        "淘宝",
        "京东",
        "拼多多",
        "抖音",
        "快手",
        "微信",
        "支付宝",
        "顺丰",
        "圆通",
        "中通",
        "申通",
        "韵达",
    ),
    *("工商银行", "建设银行", "农业银行", "信合", "平安", "人寿", "中石油", "中石化", "华润", "永辉", "格力", "美的"),
)


@pytest.fixture(scope="module")
def texts() -> DemoTexts:
    return read(COUNTY)


@pytest.fixture(scope="module", params=SEEDS)
def made(request: pytest.FixtureRequest, texts: DemoTexts) -> list[Filled]:
    return list(islice(texts.petitions(seed=request.param), HEADS))


def test_there_is_enough_of_everything(texts: DemoTexts) -> None:
    assert len(texts.templates) >= 220
    assert len(texts.names["surname"]) * len(texts.names["given"]) >= 200
    assert (len(texts.heroes), len(texts.questions)) == (12, 10)
    assert sum(map(len, texts.notes.values())) == 60
    assert len(texts.proposals) == sum(map(len, texts.ratings.values())) == 30
    assert set(texts.notes) == set(NoteKind)
    assert set(texts.ratings) == set(EvaluationValue)


def test_every_street_has_villages_and_places_of_its_own(texts: DemoTexts) -> None:
    assert len(texts.streets) == 23
    for kinds in texts.places.values():
        assert 3 <= len(kinds["village"]) <= 5
        assert all(kinds[kind] for kind in ("estate", "road", "school", "market"))
    names = [name for kinds in texts.places.values() for found in kinds.values() for name in found]
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_village_codes_lie_in_their_street_and_say_that_they_are_invented() -> None:
    rows = [line.split(",") for line in (COUNTY / "demo" / "villages.csv").read_text("utf-8").splitlines()[1:]]
    assert len({code for code, *_ in rows}) == len(rows)
    for code, _, kind, parent, note in rows:
        assert (kind, note) == ("village", "虚构")
        assert re.fullmatch(rf"{parent[:9]}2\d\d", code)


def test_all_twenty_classes_are_there_in_the_shares_of_a_real_county(texts: DemoTexts) -> None:
    shares = Counter(template.category[:2] for template in texts.templates)
    assert len(shares) == 20
    assert {code for code, _ in shares.most_common(5)} == {"01", "02", "03", "04", "05"}


def test_most_ask_for_something_and_a_few_accuse(texts: DemoTexts) -> None:
    purposes = Counter(template.purpose for template in texts.templates)
    assert purposes[Purpose.CLAIM] > len(texts.templates) / 2
    assert min(purposes[purpose] for purpose in (Purpose.APPEAL, Purpose.SUGGESTION, Purpose.CONSULT)) >= 15
    assert 6 <= purposes[Purpose.ACCUSE] <= 10


def test_not_everything_is_granted(texts: DemoTexts) -> None:
    results = Counter(answer.result for template in texts.templates for answer in template.answers)
    shares = {result: count / results.total() for result, count in results.items()}
    assert shares[OpinionResult.SUPPORTED] < 0.65
    assert shares[OpinionResult.NOT_SUPPORTED] > 0.1


def test_every_category_exists(texts: DemoTexts) -> None:
    lines = (COUNTY / "categories.csv").read_text("utf-8").splitlines()[1:]
    second_level = {code for code, _, parent in (line.split(",") for line in lines) if parent}
    told = [petition.petition.category for hero in texts.heroes for petition in hero.petitions]
    assert {template.category for template in texts.templates} | set(told) <= second_level


def test_every_unit_serial_exists(made: list[Filled]) -> None:
    assert {petition.unit for petition in made} <= {unit.serial for unit in county.read(COUNTY).units}


def test_a_matter_for_the_street_goes_to_the_street_where_it_lies(texts: DemoTexts, made: list[Filled]) -> None:
    own = {template.key for template in texts.templates if template.unit is None}
    street_matters = [petition for petition in made if petition.key in own]
    assert street_matters
    assert all(petition.unit == texts.offices[petition.street] for petition in street_matters)


def test_every_demand_is_answered_but_accusations_are_not(made: list[Filled]) -> None:
    for petition in made:
        wanted = 0 if petition.purpose == Purpose.ACCUSE else len(petition.demands)
        assert len(petition.answers) == wanted, petition.key
        assert all(answer.finding and answer.basis for answer in petition.answers)


@pytest.mark.django_db
def test_every_answer_passes_the_reply_gate_once_its_head_has_looked_it_up(texts: DemoTexts) -> None:
    """Or the demonstration stops in the middle of its loading, wherever the dice meet that text."""
    library.load(by=Hand.system("test"), at=timezone.now())
    told = {answer.basis for one in texts.templates for answer in one.answers}
    steps = [step for hero in texts.heroes for life in hero.petitions for step in life.steps]
    told |= {answer.basis for step in steps for answer in step.answers.values()}
    wrong = reply_gate.wrong_bases(told, on=timezone.localdate())
    assert wrong == {}


def test_no_slot_stays_empty_and_every_cell_fits_its_column(made: list[Filled]) -> None:
    for petition in made:
        words = (petition.title, petition.text, petition.supplement, petition.place, *petition.demands)
        words += tuple(answer.finding + answer.basis for answer in petition.answers)
        assert not re.search(r"[{}]", "".join(words)), petition.key
        assert len(petition.title) <= LONGEST_TITLE
        assert all(len(demand) <= LONGEST_CELL for demand in petition.demands)


def test_no_two_heads_are_equal_on_one_screen(made: list[Filled]) -> None:
    titles = [petition.title for petition in made]
    for first in range(HEADS - ON_ONE_SCREEN + 1):
        screen = titles[first : first + ON_ONE_SCREEN]
        assert len(set(screen)) == len(screen), first


def test_the_same_seed_gives_the_same_county(texts: DemoTexts) -> None:
    once, again, other = (list(islice(texts.petitions(seed=seed), 300)) for seed in (7, 7, 8))
    assert once == again
    assert once != other


def test_a_proposal_is_found_for_every_petition_and_names_the_unit(texts: DemoTexts, made: list[Filled]) -> None:
    for petition in made[:300]:
        for way in AssignmentKind:
            sentence = texts.proposal(petition, way, "区甲局", Random(1))
            assert "{" not in sentence
            assert ("区甲局" in sentence) == (way != AssignmentKind.SELF)


def test_a_proposal_made_for_one_kind_is_not_put_on_another(texts: DemoTexts) -> None:
    wages = next(proposal for proposal in texts.proposals if proposal.fits == ("0501",))
    petitions = list(islice(texts.petitions(seed=1), 254))
    assert {petition.category for petition in petitions if wages.suits(petition)} == {"050100"}


def everything_written() -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted((COUNTY / "demo").iterdir())}


def numbers_of_people(text: str) -> list[str]:
    return [number for number in LONG_NUMBER.findall(text) if not RESERVED_PHONE.fullmatch(number)]


def named_firms(text: str) -> list[str]:
    firms = [before for before in FIRM.findall(text) if not before.endswith(ANY_FIRM)]
    return firms + [name for name in REAL_FIRMS if name in text]


def test_no_number_looks_like_a_telephone_or_an_identity_card() -> None:
    assert {file: found for file, text in everything_written().items() if (found := numbers_of_people(text))} == {}


@pytest.mark.parametrize("number", ["13912345678", "029-83812345", "610115195401010028", "61011519540101002X"])
def test_such_a_number_would_be_found(number: str) -> None:
    assert numbers_of_people(f"请打{number}联系。") == [number]


def test_no_real_firm_is_named() -> None:
    assert {file: found for file, text in everything_written().items() if (found := named_firms(text))} == {}


@pytest.mark.parametrize("sentence", ["跟骊东建筑公司签的合同。", "在碧桂园买的房。"])
def test_a_named_firm_would_be_found(sentence: str) -> None:
    assert named_firms(sentence)


def test_a_hero_is_not_named_in_the_title(texts: DemoTexts) -> None:
    for hero in texts.heroes:
        for told in hero.petitions:
            assert not any(person.name in told.petition.title + told.petition.text for person in hero.people)
            assert len(told.petition.title) <= LONGEST_TITLE


def test_the_first_hero_is_old_and_has_no_telephone(texts: DemoTexts) -> None:
    hero = texts.heroes[0]
    assert (hero.key, hero.people[0].age, hero.people[0].phone) == ("roof", 72, "")
    assert len(hero.petitions) == 2, "the tour's intake finds a repeat"


def test_the_reply_in_the_tour_leaves_one_demand_for_the_gate_to_stop(texts: DemoTexts) -> None:
    told = texts.heroes[0].petitions[0]
    draft = next(step for step in told.steps if step.verb == "assignment.draft_opinion")
    assert set(draft.answers) < set(range(1, len(told.petition.demands) + 1))


def signed_drafts(hero: Hero) -> list[tuple[int, set[int]]]:
    """How many demands there were, and which the draft answered that was signed."""
    found = []
    for told in hero.petitions:
        answered: set[int] = set()
        for step in told.steps:
            if step.verb == "assignment.draft_opinion":
                answered = set(step.answers)
            if step.verb == "assignment.issue_opinion":
                found.append((len(told.petition.demands), answered))
    return found


def test_what_a_hero_is_given_signed_answers_every_demand(texts: DemoTexts) -> None:
    drafts = [draft for hero in texts.heroes for draft in signed_drafts(hero)]
    assert len(drafts) >= 5
    assert all(answered == set(range(1, demands + 1)) for demands, answered in drafts)


def test_heroes_are_told_whole_but_where_a_later_part_is_needed(texts: DemoTexts) -> None:
    road = openings.moves()
    waiting = [hero.key for hero in texts.heroes if hero.until]
    assert waiting == ["video"]
    for hero in texts.heroes:
        verbs = {step.verb for told in hero.petitions for step in told.steps}
        assert hero.until or verbs <= road.keys()


def test_group_visit_has_at_most_five_representatives(texts: DemoTexts) -> None:
    hero = next(hero for hero in texts.heroes if hero.key == "group")
    assert len(hero.people) == 5
    assert hero.petitions[0].persons == {"persons_count": 12, "persons_involved": 86, "persons_present": 12}


def test_a_question_is_answered_in_two_sentences(texts: DemoTexts) -> None:
    for question in texts.questions:
        assert question.answer.count("。") == 2, question.ask
        assert question.page


def test_a_question_and_its_answer_are_told_in_english_too(texts: DemoTexts) -> None:
    for question in texts.questions:
        told = question.in_language("en")
        assert all(said and said.isprintable() for said in (told.ask, told.answer, told.page))
        assert not re.search("[一-鿿]", told.ask + told.answer + told.page), told.ask
        assert question.in_language("zh-hans") is question


WRONG = [
    ("petitions.csv", ",010100,", ",010000,", 2, "没有二级分类“010000”"),
    ("petitions.csv", "claim,letter,street", "claim,pigeon,street", 2, "pigeon"),
    ("petitions.csv", "claim,letter,street", "claim,letter,84", 2, "没有节点 84"),
    ("petitions.csv", "claim,letter,street", "claim,letter,36", 2, "没有节点 36，或者它不能办理"),
    ("petitions.csv", "supported｜explained", "supported", 2, "每项诉求要有一项事实"),
    ("petitions.csv", "反映{village}三年", "反映某村三年", 2, "标题里没有空位"),
    ("petitions.csv", "反映{village}三年", "反映{hamlet}三年", 2, "不认识 hamlet 这样的空位"),
    ("petitions.csv", "village-contract-vote,", "village-accounts,", 1, "key“village-accounts”重复"),
    ("names.csv", "surname,王,12", "surname,王,many", 2, "many"),
    ("villages.csv", "610115001000,虚构", "610115024000,虚构", 2, "没有街道“610115024000”"),
    ("places.csv", "estate", "castle", 2, "kind“castle”应为"),
    ("notes.csv", "contact,", "dream,", 2, "dream"),
    ("ratings.csv", "satisfied,答复写得明白", "delighted,答复写得明白", 2, "delighted"),
    (
        "heroes.toml",
        'until = "assignment.handle"',
        'until = "petition.propose_again"',
        0,
        "until“petition.propose_again”不是它的步骤",
    ),
    ("heroes.toml", 'until = "assignment.handle"', 'until = ""', 0, "还不在路上，until 应为它的前一步"),
    (
        "heroes.toml",
        'reached = "petition.archive"',
        'reached = "petition.close"',
        0,
        "reached 应为“petition.archive”",
    ),
    ("questions.toml", "ask = ", "asked = ", 4, "缺少 ask"),
]


def line_of_the_table_with(words: str, text: str) -> int:
    before = text[: text.index(words)]
    return before[: before.rindex("[[hero]]")].count("\n") + 1


@pytest.mark.parametrize(("file", "old", "new", "line", "reason"), WRONG)
def test_a_wrong_row_is_refused_with_file_line_and_reason(
    tmp_path: Path, file: str, old: str, new: str, line: int, reason: str
) -> None:
    folder = tmp_path / "county"
    shutil.copytree(COUNTY, folder)
    path = folder / "demo" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(BadCounty) as refused:
        read(folder)
    [defect] = refused.value.defects
    assert (defect.file, defect.line) == (file, line or line_of_the_table_with(old, text))
    assert reason in defect.reason


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "county"
    shutil.copytree(COUNTY, folder)
    (folder / "demo" / "notes.csv").unlink()
    with pytest.raises(BadCounty, match=r"notes\.csv 第 1 行"):
        read(folder)
