"""Where petitions may come from that random officers go on with: wherever the road branches, led there by the right hands."""

from collections.abc import Callable

from tests.cast import BRANCHES, Life, none
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentKind, CallAbout, EvaluationValue, ReviewLevel
from xinfang.trace.acts import PETITIONER


def rate_badly(life: Life) -> None:
    bad, secret = EvaluationValue.DISSATISFIED, life.registered.act_secret
    actions.evaluate(
        life.petition, bureau=bad, unit=bad, reason="没修好。", act_secret=secret, by=PETITIONER, at=life.later(days=2)
    )


def call_back(life: Life) -> None:
    rate_badly(life)
    by, at = life.cast.supervisor, life.later(days=1)
    actions.call_back(life.petition, about=CallAbout.RATING, is_reached=True, said="电话回访。", by=by, at=at)


# Beyond the branches that every test may ask for: the step before, and what is done there.
FURTHER: dict[str, tuple[str, Callable[[Life], None]]] = {
    "rate_badly": ("close", rate_badly),
    "call_back": ("close", call_back),
    "apply_final_review": (
        "deliver_review",
        lambda life: none(life.apply_review(level=ReviewLevel.FINAL_REVIEW, organ="西安市人民政府")),
    ),
}
PASTS = (*BRANCHES, *FURTHER)
WAYS = {"return_result": AssignmentKind.ASSIGN}  # by no other way is a result reported


def lead(life: Life, last: str) -> None:
    """To where the road branches."""
    if last not in FURTHER:
        life.until(last)
        return
    before, step = FURTHER[last]
    step(life.until(before))
