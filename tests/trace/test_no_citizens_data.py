"""What cannot be altered must not hold what may have to be forgotten."""

import json
from typing import Any

import pytest
from django.db.models import Model
from django.utils import timezone

from tests.cast import WANG, Cast, Life
from tests.files.handed_in import sealed
from tests.house import rooms
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentKind, EvaluationValue, RevealGround
from xinfang.petitions.models import Petition, Petitioner
from xinfang.trace.acts import PETITIONER
from xinfang.trace.models import Entry

NOTE = "附件说明：王家漏水照片".encode()
FACTS: dict[str, Any] = {"summary": "王家屋顶漏水概况", "place": "某村三组村口", "persons_involved": 3}


def live(cast: Cast, **changes: Any) -> None:
    """A whole life, with everything said that can be said."""
    way = changes.pop("way", AssignmentKind.ASSIGN)
    life = Life(cast, way=way, **FACTS, **changes)
    file = sealed(NOTE, life.petition)
    actions.add_evidence(
        life.petition, file=file, name="王桂兰.txt", label="照片说明", by=cast.registrar, at=life.later()
    )
    life.until("close")
    form = sealed(b"form", life.petition)
    scan = actions.add_evidence(
        life.petition, file=form, name="王桂兰评价.txt", label="评价表", by=cast.registrar, at=life.later()
    )
    for by, paper in ((PETITIONER, None), (cast.registrar, scan)):
        actions.evaluate(
            life.petition,
            bureau=EvaluationValue.BASICALLY,
            unit=EvaluationValue.BASICALLY,
            reason="王某不满意的原因",
            act_secret=life.registered.act_secret,
            scan=paper,
            by=by,
            at=life.later(),
        )
    actions.reveal(Petitioner.objects.first(), ground=RevealGround.CONTACT, by=cast.bureau_head, at=life.later())
    life.archive()


def personal_strings() -> set[str]:
    """Everything that stands in a personal field of any row now, and everything about the people."""
    said = {value for value in vars(WANG).values() if value}
    for model in rooms.all_models():
        for field in vars(model)["Privacy"].personal:
            said |= {value for value in model._default_manager.values_list(field, flat=True) if _is_text(value)}
    codes = {petition.query_code for petition in Petition.objects.all()}
    return {text for text in said | codes | {"王桂兰.txt", NOTE.decode()} if len(text) > 1}


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and any(ord(character) > 0x3000 for character in value)


def columns(entry: Model) -> str:
    values = {field.name: getattr(entry, field.attname) for field in entry._meta.concrete_fields}
    return json.dumps(values, default=str, ensure_ascii=False)


@pytest.mark.parametrize("way", list(AssignmentKind))
def test_no_entry_of_a_whole_life_holds_a_citizens_data(cast: Cast, way: AssignmentKind) -> None:
    live(cast, way=way)
    said = personal_strings()
    assert {WANG.name, WANG.phone, WANG.id_no, "修好屋顶", "反映小区漏水无人维修", "王某不满意的原因"} <= said
    found = [(entry.act, text) for entry in Entry.objects.all() for text in said if text in columns(entry)]
    assert found == []


def test_the_search_would_find_it(cast: Cast) -> None:
    life = Life(cast)
    entry = Entry(act="test.note", facts={"who": life.petition.title}, at=timezone.now())
    assert any(text in columns(entry) for text in personal_strings())


def test_officers_stand_in_it_without_their_names(cast: Cast) -> None:
    live(cast)
    names = {officer.name for officer in cast.officers.values()}
    assert [entry.act for entry in Entry.objects.all() if any(name in columns(entry) for name in names)] == []


def test_the_rows_of_an_entry_are_named_and_not_shown(cast: Cast) -> None:
    live(cast)
    registered = Entry.objects.get(act="petition.register")
    assert [label for label, _ in registered.facts["rows"]] == [
        *("petitions.petition", "petitions.petitioner", "petitions.demand", "petitions.demand"),
        "documents.paper",
    ]
    assert len(registered.digest) == 64
