"""What is done beside the road while a petition goes its way: corrected, shown, kept, handed in, printed again, looked at."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from tests.desk.hall import signed_in
from tests.files.handed_in import sealed
from xinfang.deadlines.models import Promise
from xinfang.organizations.models import Officer
from xinfang.petitions import actions
from xinfang.petitions.actions.originals import Kept
from xinfang.petitions.codes import RevealGround
from xinfang.petitions.models import Assignment, Correction, Loan, Named, Original, Petition, Withdrawal
from xinfang.petitions.models.correction import CorrectedField
from xinfang.trace import followers

if TYPE_CHECKING:
    from tests.petitions.wanderer import Wanderer

Act = Callable[["Wanderer", Petition, Officer], object]
NEW = {
    CorrectedField.DIVISION: ("610115004000", "610115005000", "没有这个街道"),
    CorrectedField.CATEGORY: ("999900", "040200"),
    CorrectedField.PLACE: ("某小区5号楼", ""),
    CorrectedField.TITLE: ("反映楼顶漏水", "反映楼顶漏水" * 20),
    CorrectedField.SUMMARY: ("楼顶漏水。",),
    CorrectedField.PERSONS_INVOLVED: ("86", "0"),
}


def ask_correction(people: "Wanderer", petition: Petition, by: Officer) -> object:
    field, reason = people.pick(*CorrectedField), people.pick("", "录错。", "录错。")
    return actions.ask_correction(
        petition, field=field, new=people.pick(*NEW[field]), reason=reason, by=by, at=people.now
    )


def confirm_correction(people: "Wanderer", petition: Petition, by: Officer) -> object:
    asked: Correction | None = people.one_of(Correction.objects)
    return asked and actions.confirm_correction(asked, by=by, at=people.now)


def correct_start(people: "Wanderer", petition: Petition, by: Officer) -> object:
    about = [petition.pk, *petition.assignments.values_list("pk", flat=True)]
    promise = people.one_of(Promise.objects.filter(subject_id__in=about))
    if promise is None:
        return None
    on, proof = promise.started_on - timedelta(days=people.pick(-400, 0, 1, 3)), people.pick("", "邮政回执")
    reason = people.pick("", "看错。", "看错。")
    return actions.correct_start(petition, promise=promise, on=on, proof=proof, reason=reason, by=by, at=people.now)


def annotate_receipt(people: "Wanderer", petition: Petition, by: Officer) -> object:
    shown, proof = (
        petition.received_at - timedelta(hours=people.pick(-400, 0, 1, 50)),
        people.pick("", "签收本", "签收本"),
    )
    return actions.annotate_receipt(petition, shown_at=shown, proof=proof, reason="误填。", by=by, at=people.now)


def add_evidence(people: "Wanderer", petition: Petition, by: Officer) -> object:
    file = sealed(people.pick("合同一份。", "照片说明。").encode(), petition)
    return actions.add_evidence(petition, file=file, name="材料.txt", label="材料", by=by, at=people.now)


def reveal(people: "Wanderer", petition: Petition, by: Officer) -> object:
    person = people.one_of(petition.petitioners)
    return person and actions.reveal(person, ground=people.pick(*RevealGround), by=by, at=people.now)


def see_phone(people: "Wanderer", petition: Petition, by: Officer) -> object:
    work: Assignment | None = people.one_of(Assignment.objects.filter(handler__isnull=False))
    mine = work and people.pick(True, True, False)
    petition, by = (work.petition, work.handler) if work and mine and work.handler else (petition, by)
    actions.see_phone(petition, by=by, at=people.now)
    return True


def reprint_slip(people: "Wanderer", petition: Petition, by: Officer) -> object:
    return actions.reprint_slip(petition, by=by, at=people.now)


def name_officer(people: "Wanderer", petition: Petition, by: Officer) -> object:
    return actions.name_officer(petition, officer=people.pick(*people.cast.officers.values()), by=by, at=people.now)


def end_naming(people: "Wanderer", petition: Petition, by: Officer) -> object:
    named: Named | None = people.one_of(Named.objects)
    return named and actions.end_naming(named, by=by, at=people.now)


def keep_original(people: "Wanderer", petition: Petition, by: Officer) -> object:
    kept = Kept(barcode=people.pick("", str(people.chance.random())), description="来信", place="一号柜")
    return actions.keep_original(petition, kept, by=by, at=people.now)


def move_original(people: "Wanderer", petition: Petition, by: Officer) -> object:
    paper: Original | None = people.one_of(Original.objects)
    return paper and actions.move_original(paper, place=people.pick("", "二号柜"), by=by, at=people.now)


def lend_original(people: "Wanderer", petition: Petition, by: Officer) -> object:
    paper: Original | None = people.one_of(Original.objects)
    if paper is None:
        return None
    due = timezone.localdate(people.now) + timedelta(days=people.pick(-1, 7))
    to = people.pick(*people.cast.officers.values())
    return actions.lend_original(paper, to=to, purpose="核对", due_on=due, by=by, at=people.now)


def hand_back_original(people: "Wanderer", petition: Petition, by: Officer) -> object:
    paper: Original | None = people.one_of(petition.originals)
    taken_by, proof = people.pick("", "王桂兰", "王桂兰"), people.pick("", "签名", "签名")
    return paper and actions.hand_back_original(paper, taken_by=taken_by, proof=proof, by=by, at=people.now)


def take_back_original(people: "Wanderer", petition: Petition, by: Officer) -> object:
    loan: Loan | None = people.one_of(Loan.objects)
    return loan and actions.take_back_original(loan, by=by, at=people.now)


def search_by_name(people: "Wanderer", petition: Petition, by: Officer) -> object:
    actions.search_by_name(people.pick("", "王桂兰"), ground=people.pick(*RevealGround), by=by, at=people.now)
    return True


def ask_withdrawal(people: "Wanderer", petition: Petition, by: Officer) -> object:
    said = people.pick("", "问题已经解决。", "问题已经解决。")
    return actions.ask_withdrawal(petition, statement=said, by=by, at=people.now)


def drop_withdrawal(people: "Wanderer", petition: Petition, by: Officer) -> object:
    asked: Withdrawal | None = people.one_of(Withdrawal.objects.filter(is_voluntary__isnull=True))
    petition = asked.petition if asked else petition
    return actions.drop_withdrawal(petition, called_back=people.pick("", "本人改变主意。"), by=by, at=people.now)


# One line for each; what has nothing to be done to answers None.
BESIDE: dict[str, Act] = {
    "petition.ask_correction": ask_correction,
    "petition.confirm_correction": confirm_correction,
    "petition.correct_start": correct_start,
    "petition.annotate_receipt": annotate_receipt,
    "petition.add_evidence": add_evidence,
    "petition.reveal": reveal,
    "petition.see_phone": see_phone,
    "petition.reprint_slip": reprint_slip,
    "petition.name_officer": name_officer,
    "petition.end_naming": end_naming,
    "original.keep": keep_original,
    "original.move": move_original,
    "original.lend": lend_original,
    "original.hand_back": hand_back_original,
    "original.take_back": take_back_original,
    "petition.search_by_name": search_by_name,
    "petition.ask_withdrawal": ask_withdrawal,
    "petition.drop_withdrawal": drop_withdrawal,
}


def look(petition: Petition, by: Officer) -> int:
    """The worklist and the petition's page, as his browser asks for them; the worker reads on behind him."""
    browser, statuses = signed_in(by), set()
    for address in ("/desk/", f"/desk/petitions/{petition.number}/"):
        statuses.add(browser.get(address).status_code)
    followers.read_all()
    assert statuses <= {200, 404}, statuses
    return len(statuses)
