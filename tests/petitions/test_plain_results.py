"""What an opinion says where the name of a result alone says little."""

from tests.cast import Cast, Life
from xinfang.petitions.actions.opinion import _answered
from xinfang.petitions.models import Answer


def test_an_explained_demand_is_told_why_in_plain_words(cast: Cast) -> None:
    Life(cast).until("draft_opinion")
    answer = Answer.objects.select_related("demand__petition", "opinion").order_by("id")[0]
    assert "您的要求合情合理" not in _answered(answer, "")["result"]
    answer.result = "explained"
    assert _answered(answer, "")["result"].startswith("解释说明。您的要求合情合理，但没有法律")
