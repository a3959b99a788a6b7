"""回访、不满意件核查、化解: the bureau asks the petitioner; a unit never finds its own work good."""

from datetime import datetime
from typing import Any

from xinfang.foundation import written
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer
from xinfang.petitions import fitting, policies, road
from xinfang.petitions.after import concludes, refuse_own_work
from xinfang.petitions.codes import CallAbout, FollowUpOutcome, ResolvedBy
from xinfang.petitions.latest import open_follow_up
from xinfang.petitions.letters import TELEPHONE, names_on_letters
from xinfang.petitions.models import CallBack, FollowUp, FollowUpConclusion, Petition, Resolution
from xinfang.petitions.policies import By
from xinfang.trace.acts import act


@act
def call_back(
    petition: Petition, *, about: CallAbout, is_reached: bool, said: str, by: Officer, at: datetime
) -> CallBack:
    """回访: what the petitioner said, or that he could not be reached. About a rating of 不满意 it stops the call's clock."""
    petition = road.hold_petition(petition)
    step = road.enter("petition.call_back", petition, by=by, at=at)
    refuse_own_work(petition, by)
    if not said.strip():
        raise Refused("请写明回访的时间、方式和信访人怎样说；没有联系上的，写明怎样联系的。", field="said")
    row = fitting.add(CallBack, petition=petition, about=about, is_reached=is_reached, said=said, called_at=at)
    follow_up = open_follow_up(petition) if about == CallAbout.RATING else None
    if about == CallAbout.RATING and follow_up is None:
        raise Refused("没有不满意的评价等待核查。", field="about")
    if follow_up and follow_up.called_at is None and is_reached:
        follow_up.called_at = at
        written.update(follow_up, ["called_at"])
        road.stop_clocks(step)
    road.leave(step, rows=[row], about=about, reached=is_reached)
    return row


@act
def conclude_follow_up(
    petition: Petition, *, outcome: FollowUpOutcome, text: str, by: Officer, at: datetime
) -> FollowUp:
    """不满意件核查: what lay behind it and what is done: handled again or supervised, put right, or explained with the remedy.

    Who could not be reached on three days is written to.
    """
    petition = road.hold_petition(petition)
    step = road.enter("petition.conclude_follow_up", petition, by=by, at=at)
    refuse_own_work(petition, by)
    row = open_follow_up(petition)
    assert row is not None
    if outcome not in concludes(row):
        raise Refused("这个核查结果现在不能选，请从列表中选择。", field="outcome")
    if not text.strip():
        raise Refused("请写明核查的情况和怎样处理。", field="text")
    fitting.refuse_text(text, None, beside="text")
    row.outcome, row.text, row.concluded_at = outcome, text, at
    row.save(update_fields=["outcome", "text", "concluded_at"])
    road.stop_clocks(step)
    writers = {"direct_reply": lambda: _reply(petition, row)} if outcome in _WRITTEN_TO else {}
    road.issue(step, petition.organ, **writers)
    concluded = FollowUpConclusion.objects.get(pk=row.pk)
    concluded.petition = petition
    road.leave(step, rows=[concluded], outcome=outcome)
    return row


_WRITTEN_TO = frozenset({FollowUpOutcome.UNSUPPORTED, FollowUpOutcome.UNREACHED})


def _reply(petition: Petition, row: FollowUp) -> dict[str, Any]:
    """Whose demand has no basis is told why, and where he may still go; who was not reached, that he was called and may call.

    What is handled again has papers of its own.
    """
    return {
        "to": names_on_letters(petition),
        "number": petition.number,
        "matters": ["您对办理结果的评价：不满意。"],
        "reply": row.text,
        "telephone": petition.organ.telephone or TELEPHONE,
    }


@act
def resolve(petition: Petition, *, said: str, by: By, at: datetime, act_secret: str = "") -> Resolution:
    """化解: on the petitioner's own word, or what he told the bureau when it asked. Never on a unit's (domain C7).

    It says nothing of 办结, and 办结 says nothing of it.
    """
    petition = road.hold_petition(petition)
    step = road.enter("petition.resolve", petition, by=by, at=at)
    if not said.strip():
        raise Refused("请写明信访人怎样说问题已经解决。", field="said")
    call = _asked(petition, said, by, at) if isinstance(by, Officer) else None
    if call is None and not policies.is_secret_of(petition, act_secret):
        raise Refused("办事密码不对。", field="act_secret")
    word_of = ResolvedBy.BUREAU if call else ResolvedBy.PETITIONER
    row = fitting.add(Resolution, petition=petition, word_of=word_of, call_back=call, said=said, resolved_at=at)
    road.advance(step, resolved_at=at)
    road.leave(step, rows=[row, *([call] if call else [])], word_of=word_of)
    return row


def _asked(petition: Petition, said: str, by: Officer, at: datetime) -> CallBack:
    refuse_own_work(petition, by)
    about = CallAbout.RESOLVED
    return fitting.add(CallBack, petition=petition, about=about, is_reached=True, said=said, called_at=at)
