"""What the wanderer does where an opinion is looked at again and where a matter is heard."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from xinfang.petitions import actions
from xinfang.petitions.codes import (
    DeliveryMode,
    HearingClosed,
    LateGround,
    ReviewDecision,
    ReviewLevel,
    ReviewRefusal,
)
from xinfang.petitions.models import Assignment, Evidence, Hearing, Petition, ReviewCase
from xinfang.petitions.policies import By

ORGANS = ("临潼区人民政府", "西安市人民政府")
MEMBERS = (*["张一\n张二\n张三"] * 4, "张一\n张二", "")


class Reviewers:
    """Mixed into the wanderer, whose chance, time and secrets these are."""

    pick: Any
    now: Any
    cast: Any
    secrets: dict[int, str]

    def apply_review(self, petition: Petition, by: By) -> None:
        level = self.pick(ReviewLevel.REVIEW, ReviewLevel.REVIEW, ReviewLevel.FINAL_REVIEW)
        facts = {
            "level": level,
            "organ": self.pick(ORGANS[level == ReviewLevel.FINAL_REVIEW], *ORGANS),
            "request": self.pick("", "不服，请求复查。", "不服，请求复查。"),
            "act_secret": self.secrets.get(petition.pk, ""),
            "scan": self._scan(petition),
        }
        actions.apply_review(petition, **facts, by=by, at=self.now)

    def _scan(self, petition: Petition) -> Evidence | None:
        """What was handed in with it, if it was not forgotten."""
        return self.pick(None, *[petition.evidence.order_by("id").first()] * 2)

    def ask_review_supplement(self, review: ReviewCase, by: By) -> None:
        until = timezone.localdate(self.now) + timedelta(days=self.pick(0, 3, 10))
        actions.ask_review_supplement(review, missing="意见书。", until=until, by=by, at=self.now)

    def end_review_supplement(self, review: ReviewCase, by: By) -> None:
        actions.end_review_supplement(review, is_arrived=self.pick(True, False), by=by, at=self.now)

    def admit_review(self, review: ReviewCase, by: By) -> None:
        ground = self.pick(None, None, *LateGround)
        actions.admit_review(review, late_ground=ground, late_excuse=self.pick("", "住院。"), by=by, at=self.now)

    def refuse_review(self, review: ReviewCase, by: By) -> None:
        words = {"reason": self.pick("", "逾期。"), "right_road": "向法院起诉。"}
        actions.refuse_review(review, ground=self.pick(*ReviewRefusal), **words, by=by, at=self.now)

    def ask_review_withdrawal(self, review: ReviewCase, by: By) -> None:
        secret = self.secrets.get(review.petition_id, "")
        actions.ask_review_withdrawal(
            review, statement=self.pick("", "不查了。"), act_secret=secret, by=by, at=self.now
        )

    def withdraw_review(self, review: ReviewCase, by: By) -> None:
        actions.withdraw_review(review, called_back=self.pick("", "来电确认。"), by=by, at=self.now)

    def keep_review(self, review: ReviewCase, by: By) -> None:
        actions.keep_review(review, called_back="不是自愿。", by=by, at=self.now)

    def examine_review(self, review: ReviewCase, by: By) -> None:
        actions.examine_review(review, by=by, at=self.now)

    def go_to_hearing(self, review: ReviewCase, by: By) -> None:
        actions.go_to_hearing(review, by=by, at=self.now)  # type: ignore[arg-type]

    def back_from_hearing(self, review: ReviewCase, by: By) -> None:
        actions.back_from_hearing(review, by=by, at=self.now)  # type: ignore[arg-type]

    def decide_review(self, review: ReviewCase, by: By) -> None:
        words = {"examined": "案卷。", "findings": "属实。", "basis": self.pick("", "《民法典》"), "outcome": "如上。"}
        days = self.pick(None, 30)
        actions.decide_review(review, decision=self.pick(*ReviewDecision), **words, redo_days=days, by=by, at=self.now)

    def record_review(self, review: ReviewCase, by: By) -> None:
        actions.record_review(
            review,
            decision=self.pick(*ReviewDecision),
            outside_number=self.pick("", *["市复查〔2025〕1号"] * 3),
            decided_on=timezone.localdate(self.now),
            findings="属实。",
            outcome="如上。",
            redo_days=self.pick(None, 30),
            scan=self._scan(review.petition),
            by=by,
            at=self.now,
        )

    def deliver_review(self, review: ReviewCase, by: By) -> None:
        on = timezone.localdate(self.now) - timedelta(days=self.pick(-1, 0, 0))
        mode = self.pick(DeliveryMode.IN_PERSON, DeliveryMode.OTHER, *DeliveryMode)
        proof = self.pick("", "签收", "签收")
        actions.deliver_review(review, mode=mode, delivered_on=on, proof=proof, by=by, at=self.now)

    def close_review(self, review: ReviewCase, by: By) -> None:
        actions.close_review(review, by=by, at=self.now)  # type: ignore[arg-type]

    def order_redo(self, review: ReviewCase, by: By) -> None:
        unit = self.pick(self.cast.street, self.cast.dept)
        actions.order_redo(review, unit=unit, requirement=self.pick("", "重新办理。"), by=by, at=self.now)

    def propose_hearing(self, subject: Assignment | ReviewCase, by: By) -> None:
        actions.propose_hearing(subject, reason=self.pick("", "重大、疑难。", "重大、疑难。"), by=by, at=self.now)

    def approve_hearing(self, hearing: Hearing, by: By) -> None:
        actions.approve_hearing(hearing, by=by, at=self.now)

    def notice_hearing(self, hearing: Hearing, by: By) -> None:
        starts_at = self.now + timedelta(days=self.pick(1, 9, 12))
        closed = self.pick(None, None, *HearingClosed)
        facts = {"place": "会议室", "host": self.pick("", *["李主持"] * 3), "members": self.pick(*MEMBERS)}
        actions.notice_hearing(hearing, starts_at=starts_at, **facts, closed_for=closed, by=by, at=self.now)

    def replace_host(self, hearing: Hearing, by: By) -> None:
        actions.replace_host(hearing, host="赵主持", reason=self.pick("", "应当回避。"), by=by, at=self.now)

    def hold_hearing(self, hearing: Hearing, by: By) -> None:
        actions.hold_hearing(hearing, record=self.pick("", "双方陈述。"), signed="双方签字", by=by, at=self.now)

    def conclude_hearing(self, hearing: Hearing, by: By) -> None:
        actions.conclude_hearing(hearing, conclusion=self.pick("", "属实。"), by=by, at=self.now)

    def drop_hearing(self, hearing: Hearing, by: By) -> None:
        actions.drop_hearing(hearing, reason=self.pick("", "不再需要。"), by=by, at=self.now)
