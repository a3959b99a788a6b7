"""What a unit or anyone else reads on paper names the petitioner and nothing more of him (domain 5)."""

import pytest

from tests.cast import WANG, Cast, Life
from xinfang.documents import papers
from xinfang.documents.models import Paper
from xinfang.petitions.codes import AssignmentKind

TRANSFER, ASSIGN, SELF = AssignmentKind.TRANSFER, AssignmentKind.ASSIGN, AssignmentKind.SELF
PERSONAL = (WANG.id_no, WANG.phone, WANG.address)
SEEN = {
    "archive": TRANSFER,
    "close": ASSIGN,
    "deliver": SELF,
    "hold_hearing": TRANSFER,
    "deliver_review": TRANSFER,
    "co_work": TRANSFER,
    "return_assignment": TRANSFER,
    "ask_supplement": TRANSFER,
    "ask_extension": TRANSFER,
    "route_to_procedure": TRANSFER,
    "return_result": ASSIGN,
}


@pytest.mark.parametrize("last", SEEN)
def test_no_paper_bears_his_number_his_telephone_or_where_he_lives(cast: Cast, last: str) -> None:
    life = Life(cast, way=SEEN[last]).until(last)
    said = {paper.kind: str(papers.frozen_in(paper, key=life.petition.key)) for paper in Paper.objects.all()}
    assert len(said) > 3
    assert any(WANG.name in text for text in said.values())
    assert [(kind, word) for kind, text in said.items() for word in PERSONAL if word in text] == []
