"""送达回证: what proves that an opinion reached the petitioner, mode by mode (domain 5.21). No proof, no clock for 复查."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xinfang.deadlines import promises
from xinfang.deadlines.terms import Clock
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Unit
from xinfang.petitions import fitting
from xinfang.petitions.codes import DeliveryMode as Mode
from xinfang.petitions.models import Evidence, Petition
from xinfang.petitions.wordings import REFUSED

MOST_WITNESSES = 4
LONGEST_NAME = 40
MOST_PROOF = 200
_TRACKING = re.compile(r"[0-9A-Za-z]{6,}")


@dataclass(frozen=True)
class Proof:
    """As the handler enters it. `text` is what the mode turns on: who signed, the tracking number, the address, the reason."""

    mode: Mode
    delivered_on: date
    text: str
    witnesses: tuple[str, ...] = ()
    consented_on: date | None = None
    announced_on: date | None = None

    @classmethod
    def of(cls, mode: Mode, delivered_on: date, text: str, witnesses: Sequence[str], **days: date | None) -> "Proof":
        return cls(mode, delivered_on, text.strip(), tuple(one.strip() for one in witnesses if one.strip()), **days)

    def kept(self) -> dict[str, Any]:
        """What the row keeps: of the rest what its mode asks for, whatever else was filled in."""
        return {
            "mode": self.mode,
            "delivered_on": self.delivered_on,
            "proof": self.text,
            "witnesses": list(self.witnesses) if self.mode == Mode.LEFT_WITH else [],
            "consented_on": self.consented_on if self.mode == Mode.ELECTRONIC else None,
            "announced_on": self.announced_on if self.mode == Mode.ANNOUNCED else None,
        }


def beside(petition: Petition, unit_id: int, *, carried_by: Unit | None, scan: Evidence | None) -> dict[str, Any]:
    """Who carried it for the unit that should, and the signed receipt as a file of this very petition."""
    if carried_by and carried_by.pk == unit_id:
        raise Refused("由本单位自己送达的，不用选代为送达的单位。", field="carried_by")
    if scan and scan.petition_id != petition.pk:
        raise Refused("回证扫描件不是这件信访件的。", field="scan")
    return {"carried_by": carried_by, "scan": scan}


def refuse(proof: Proof, *, issued_on: date, today: date, is_anonymous: bool) -> None:
    """Refused with what the mode still lacks, beside its field."""
    _refuse_what_does_not_fit(proof)
    if not issued_on <= proof.delivered_on <= today:
        raise Refused("送达日期不能早于出具意见之日，也不能晚于今天。", field="delivered_on")
    if not proof.text:
        raise Refused("请写明签收、拒收见证或邮寄单号。", field="proof")
    if proof.mode == Mode.FILED and not is_anonymous:
        raise Refused("只有匿名件才能“无法送达，存档备查”；请另选送达方式。", field="mode")
    if rule := _RULES.get(proof.mode):
        rule(proof, issued_on)


def _refuse_what_does_not_fit(proof: Proof) -> None:
    fitting.refuse_text(proof.text, MOST_PROOF, beside="proof")
    for witness in proof.witnesses:
        fitting.refuse_text(witness, LONGEST_NAME, beside="witnesses")
    if len(proof.witnesses) > MOST_WITNESSES:
        raise Refused("见证人最多写 %(most)s 名。", field="witnesses", most=MOST_WITNESSES)


def _in_person(proof: Proof, issued_on: date) -> None:
    if REFUSED in proof.text:
        raise Refused("信访人拒收的，送达方式选“留置”，写明理由和两名见证人。", field="mode")


def _by_post(proof: Proof, issued_on: date) -> None:
    if not _TRACKING.search("".join(proof.text.split())):
        raise Refused("邮寄送达要写邮寄单号，至少六位数字或者字母。", field="proof")


def _electronic(proof: Proof, issued_on: date) -> None:
    if proof.consented_on is None:
        raise Refused("电子送达须经信访人同意，请填写他同意的日期。", field="consented_on")
    if proof.consented_on > proof.delivered_on:
        raise Refused("同意电子送达的日期不能晚于送达日期。", field="consented_on")


def _left_with(proof: Proof, issued_on: date) -> None:
    if len(set(proof.witnesses)) < WITNESSES:
        raise Refused("留置送达须有两名见证人，每行写一名。", field="witnesses")


WITNESSES = 2


def _announced(proof: Proof, issued_on: date) -> None:
    if proof.announced_on is None:
        raise Refused("公告送达请填写公告的第一日。", field="announced_on")
    if proof.announced_on < issued_on:
        raise Refused("公告的第一日不能早于出具意见之日。", field="announced_on")
    last = announced_until(proof.announced_on)
    if proof.delivered_on < last:
        raise Refused("公告期要到 %(day)s 届满，届满之日才视为送达。", field="delivered_on", day=last)


def announced_until(first: date) -> date:
    """The day on which what was announced counts as delivered."""
    return promises.due(Clock.ANNOUNCE, first).strict


_RULES: dict[str, Callable[[Proof, date], None]] = {
    Mode.IN_PERSON: _in_person,
    Mode.MAIL: _by_post,
    Mode.ELECTRONIC: _electronic,
    Mode.LEFT_WITH: _left_with,
    Mode.ANNOUNCED: _announced,
}
