"""Every page of the desk. The pages of moves come from the table: a new row with a form is a new page."""

from datetime import date

from django.db.models import BigIntegerField
from django.urls import URLPattern, include, path, register_converter
from django.urls.converters import StringConverter

from xinfang.desk import (
    access_ledger,
    after,
    autosave,
    batch,
    bells,
    bookings,
    case_file_steps,
    case_files,
    cheat,
    correct_start,
    corrections,
    custodians,
    delivery,
    destructions,
    envelopes,
    erasures,
    ink,
    intake,
    law_keeping,
    laws,
    letters,
    log,
    moves,
    named,
    notices_out,
    officers,
    on_paper,
    one_text,
    one_text_batch,
    originals,
    own_pack,
    packs,
    papers,
    petitions,
    pleas,
    printed,
    prints,
    proofs,
    publications,
    rating,
    receipt_note,
    receptions,
    register,
    renewals,
    repeats,
    rounds,
    saved_views,
    search,
    sign_in,
    slip,
    visit,
    why,
    withdrawals,
    word_draft,
    work_log,
    worklist,
)
from xinfang.desk.forms.moves import FORMS

app_name = "desk"


class NumberConverter(StringConverter):
    """A petition's number: 6101152026LF000123."""

    regex = "[0-9A-Za-z]{18}"


class IdConverter(StringConverter):
    """The id of a row; more than a database can hold is nobody's."""

    regex = "[1-9][0-9]{0,18}"

    def to_python(self, value: str) -> int:  # type: ignore[override]
        if int(value) > BigIntegerField.MAX_BIGINT:
            raise ValueError(value)
        return int(value)

    def to_url(self, value: int) -> str:  # type: ignore[override]
        return str(value)


class DayConverter(StringConverter):
    """2026-10-31; what is no day is not there."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:  # type: ignore[override]
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:  # type: ignore[override]
        return value.isoformat()


register_converter(DayConverter, "day")
register_converter(NumberConverter, "number")
register_converter(IdConverter, "id")

IN_PATH = {"petition": "petitions/<number:number>", "assignment": "assignments/<id:assignment>"}
IN_PATH |= {"review": "reviews/<id:review>", "hearing": "hearings/<id:hearing>"}
# Moves whose page does more than call the verb.
OWN_PAGES = {
    "assignment.log_work": work_log.WorkLog,
    "assignment.deliver": delivery.DeliverOpinion,
    "petition.evaluate": rating.RateOnPaper,
    "petition.apply_review": on_paper.ApplyOnPaper,
    "review.ask_review_withdrawal": on_paper.WithdrawOnPaper,
    "review.deliver_review": delivery.DeliverReview,
    "review.record_review": on_paper.RecordOnPaper,
}


def _move(verb: str) -> URLPattern:
    """petition.propose is desk:petition-propose, at petitions/…/propose/."""
    machine, _, word = verb.partition(".")
    view = OWN_PAGES[verb].as_view(verb=verb) if verb in OWN_PAGES else moves.page_of(verb)
    page: URLPattern = path(f"{IN_PATH[machine]}/{word}/", view, name=f"{machine}-{word}")
    return page


urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("views/", saved_views.ViewSave.as_view(), name="view-save"),
    path("views/<id:view>/drop/", saved_views.ViewDrop.as_view(), name="view-drop"),
    path("batch/", batch.Batch.as_view(), name="batch"),
    path("one_text/begin/", one_text.BeginOneText.as_view(), name="one-text-begin"),
    path("one_text/write/", one_text.WriteOneText.as_view(), name="one-text-write"),
    path("one_text/", one_text_batch.listed, name="one-texts"),
    path("one_text/<id:batch>/", one_text_batch.OneTextBatch.as_view(), name="one-text"),
    path("prints/", prints.Prints.as_view(), name="prints"),
    path("assignments/<id:assignment>/write_in_word/", word_draft.WordDraft.as_view(), name="assignment-write_in_word"),
    path("ink/", ink.Ink.as_view(), name="ink"),
    path("envelopes/", envelopes.Envelopes.as_view(), name="envelopes"),
    path("bells/", bells.listed, name="bells"),
    path("bells/read/", bells.read, name="bells-read"),
    path("bells/mail/", bells.MailPage.as_view(), name="bells-mail"),
    path("notices/send/", notices_out.SendNotices.as_view(), name="notices-send"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/<slug:which>/", rounds.rounds, name="rounds-of"),
    path("find/", worklist.find, name="find"),
    path("search/", search.search, name="search"),
    path("search/name/", search.SearchByName.as_view(), name="search-name"),
    path("sign-in/", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-out/", sign_in.SignOut.as_view(), name="sign-out"),
    path("password/", sign_in.Password.as_view(), name="password"),
    path("intake/", intake.Intake.as_view(), name="intake"),
    path("intake/candidates/", repeats.Candidates.as_view(), name="candidates"),
    path("unsent/", autosave.DraftSave.as_view(), name="draft-save"),
    path("unsent/drop/", autosave.DraftDrop.as_view(), name="draft-drop"),
    path("receive/", intake.Receive.as_view(), name="petition-receive"),
    path(
        "petitions/<number:number>/annotate-receipt/",
        receipt_note.AnnotateReceiptPage.as_view(),
        name="receipt-annotate",
    ),
    path(
        "petitions/<number:number>/correct/<slug:field>/",
        corrections.AskCorrectionPage.as_view(),
        name="correction-ask",
    ),
    path(
        "corrections/<id:correction>/confirm/", corrections.ConfirmCorrectionPage.as_view(), name="correction-confirm"
    ),
    path("why/<id:promise>/", why.promise, name="why"),
    path("why/<id:promise>/correct/", correct_start.CorrectStartPage.as_view(), name="why-correct"),
    path("why/<id:petition>/<day:day>/", why.day, name="why-day"),
    path("receptions/", receptions.receptions, name="receptions"),
    path("receptions/schedule/", receptions.ScheduleReception.as_view(), name="reception-schedule"),
    path("receptions/<id:reception>/change/", receptions.ChangeReception.as_view(), name="reception-change"),
    path("receptions/<id:reception>/cancel/", receptions.CancelReception.as_view(), name="reception-cancel"),
    path("ledger/", access_ledger.access_ledger, name="ledger"),
    path("inquiries/", access_ledger.inquiries, name="inquiries"),
    path("inquiries/open/", access_ledger.InquiryOpen.as_view(), name="inquiry-open"),
    path("inquiries/<id:inquiry>/close/", access_ledger.InquiryClose.as_view(), name="inquiry-close"),
    path("petitions/<number:number>/access_list/", access_ledger.AccessList.as_view(), name="access-list"),
    path("erasures/", erasures.erasures, name="erasures"),
    path("petitions/<number:number>/erasure/", erasures.AskErasure.as_view(), name="erasure-ask"),
    path("erasures/<id:erasure>/approve/", erasures.ApproveErasure.as_view(), name="erasure-approve"),
    path("erasures/<id:erasure>/refuse/", erasures.RefuseErasure.as_view(), name="erasure-refuse"),
    path("erasures/<id:erasure>/tell/", erasures.TellErasure.as_view(), name="erasure-tell"),
    path("erasures/<id:erasure>/drop/", erasures.DropErasure.as_view(), name="erasure-drop"),
    path("receptions/<id:reception>/offer/", bookings.OfferPlaces.as_view(), name="reception-offer"),
    path("receptions/<id:reception>/bookings/", bookings.listed, name="bookings"),
    path("receptions/<id:reception>/bookings/print/", bookings.Print.as_view(), name="booking-print"),
    path("receptions/<id:reception>/bookings/add/", bookings.AddBooking.as_view(), name="booking-add"),
    path("bookings/<id:booking>/cancel/", bookings.CancelBooking.as_view(), name="booking-cancel"),
    path("bookings/<id:booking>/call_in/", bookings.CallIn.as_view(), name="booking-call_in"),
    path("bookings/<id:booking>/no_show/", bookings.NoShow.as_view(), name="booking-no_show"),
    path("custodians/", custodians.custodians, name="custodians"),
    path("custodians/appoint/", custodians.AppointCustodian.as_view(), name="custodian-appoint"),
    path("custodians/<id:custodian>/confirm/", custodians.ConfirmCustodian.as_view(), name="custodian-confirm"),
    path("custodians/<id:custodian>/relieve/", custodians.RelieveCustodian.as_view(), name="custodian-relieve"),
    path("petitions/<number:number>/named/", named.NamedPage.as_view(), name="named"),
    path("named/<id:named>/end/", named.EndNaming.as_view(), name="naming-end"),
    path("register/", register.register, name="register"),
    path("archives/", case_files.archives, name="archives"),
    path("archives/bind/<number:number>/", case_file_steps.BindPage.as_view(), name="case-file-bind"),
    path("archives/files/<id:file>/", case_files.case_file, name="case-file"),
    path("archives/files/<id:file>/seal/", case_file_steps.SealFile.as_view(), name="case-file-seal"),
    path("archives/files/<id:file>/open/", case_file_steps.OpenFile.as_view(), name="case-file-open"),
    path("archives/files/<id:file>/term/", case_file_steps.SetTerm.as_view(), name="case-file-term"),
    path("archives/volumes/<id:volume>/", case_files.volume, name="volume"),
    path("archives/volumes/<id:volume>/lend/", case_file_steps.LendVolume.as_view(), name="volume-lend"),
    path("archives/volumes/<id:volume>/move/", case_file_steps.MoveVolume.as_view(), name="volume-move"),
    path("archives/volumes/<id:volume>/note/", case_file_steps.NoteVolume.as_view(), name="volume-note"),
    path("archives/volumes/<id:volume>/check/", case_file_steps.CheckVolume.as_view(), name="volume-check"),
    path(
        "archives/borrowings/<id:borrowing>/return/", case_file_steps.TakeBackVolume.as_view(), name="borrowing-return"
    ),
    path("archives/destructions/", destructions.destructions, name="destructions"),
    path("archives/destructions/propose/", destructions.ProposePage.as_view(), name="destruction-propose"),
    path("archives/destructions/<id:destruction>/", destructions.destruction, name="destruction"),
    path(
        "archives/destructions/<id:destruction>/approve/",
        destructions.ApproveDestruction.as_view(),
        name="destruction-approve",
    ),
    path(
        "archives/destructions/<id:destruction>/agree/",
        destructions.AgreeDestruction.as_view(),
        name="destruction-agree",
    ),
    path(
        "archives/destructions/<id:destruction>/refuse/",
        destructions.RefuseDestruction.as_view(),
        name="destruction-refuse",
    ),
    path(
        "archives/destructions/<id:destruction>/carry_out/",
        destructions.CarryOutDestruction.as_view(),
        name="destruction-carry_out",
    ),
    path("publications/", publications.publications, name="publications"),
    path("publications/draft/", publications.DraftPage.as_view(), name="publication-draft"),
    path("publications/<id:publication>/", publications.publication, name="publication"),
    *(
        path(f"publications/<id:publication>/{step}/", page.as_view(), name=f"publication-{step}")
        for step, page in publications.STEPS.items()
    ),
    path("laws/", laws.laws, name="laws"),
    path("laws/import/", law_keeping.Import.as_view(), name="law-import"),
    path("laws/cite/", laws.cite, name="law-cite"),
    path("laws/<slug:law>/", laws.law, name="law"),
    path("laws/<slug:law>/citing/", laws.citing, name="law-citing"),
    path("laws/<slug:law>/repeal/", law_keeping.Repeal.as_view(), name="law-repeal"),
    path("laws/articles/<slug:version>/<slug:article>/", laws.article, name="article"),
    path("laws/compare/<slug:earlier>/<slug:later>/", laws.compare, name="law-compare"),
    path("commitments/<id:commitment>/carry_out/", after.CarryOutPage.as_view(), name="commitment-carry_out"),
    path("commitments/<id:commitment>/check/", after.CheckCommitmentPage.as_view(), name="commitment-check"),
    path("referrals/<id:referral>/answer/", after.AnswerReferralPage.as_view(), name="referral-answer"),
    path("letters/", letters.LetterRoom.as_view(), name="letters"),
    path("originals/<id:original>/move/", originals.MoveOriginal.as_view(), name="original-move"),
    path("originals/<id:original>/lend/", originals.LendOriginal.as_view(), name="original-lend"),
    path("originals/<id:original>/hand_back/", originals.HandBackOriginal.as_view(), name="original-hand_back"),
    path("originals/<id:original>/receipt/", originals.receipt, name="original-receipt"),
    path("originals/<id:original>/take_back/", originals.TakeBackOriginal.as_view(), name="original-take_back"),
    path("drafts/<id:draft>/register/", intake.RegisterDraft.as_view(), name="petition-register"),
    path("drafts/<id:draft>/evidence/<id:evidence>/", papers.draft_evidence, name="draft-evidence"),
    path("drafts/<id:draft>/void/", moves.page_of("petition.void"), name="draft-void"),
    path("petitions/<number:number>/", petitions.petition, name="petition"),
    path("petitions/<number:number>/withdrawal/", withdrawals.AskWithdrawalPage.as_view(), name="withdrawal-ask"),
    path(
        "petitions/<number:number>/withdrawal/drop/", withdrawals.DropWithdrawalPage.as_view(), name="withdrawal-drop"
    ),
    path("petitions/<number:number>/plea/", pleas.EnterPleaPage.as_view(), name="plea-enter"),
    path("petitions/<number:number>/receipt/", renewals.material_receipt, name="material-receipt"),
    path("pleas/<id:plea>/reply/", pleas.ReplyPage.as_view(), name="plea-reply"),
    path("slip/renew/", renewals.RenewPage.as_view(), name="slip-renew"),
    path("telephone/", renewals.telephone, name="telephone"),
    path("petitions/<number:number>/slip/", slip.slip, name="slip"),
    path("log/", log.log, name="log"),
    path("log/witnesses/enrol/", log.EnrolPage.as_view(), name="witness-enrol"),
    path("log/witnesses/<id:witness>/end/", log.EndPage.as_view(), name="witness-end"),
    path("petitions/<number:number>/slip/proof/", proofs.proof, name="slip-proof"),
    path("petitions/<number:number>/slip/proof/file", proofs.file, name="slip-proof-file"),
    path("petitions/<number:number>/slip/again/", slip.Reprint.as_view(), name="slip-again"),
    path("petitions/<number:number>/reveal/", petitions.Reveal.as_view(), name="petition-reveal"),
    path("petitions/<number:number>/own_pack/", own_pack.OwnPackPage.as_view(), name="own-pack"),
    path("petitions/<number:number>/pack/", packs.PackPage.as_view(), name="pack"),
    path("petitions/<number:number>/papers/<id:paper>/", printed.PaperPage.as_view(), name="paper"),
    path("petitions/<number:number>/papers/<id:paper>/<int:page>/", printed.paper_page, name="paper-page"),
    path("petitions/<number:number>/papers/<id:paper>/ink/", ink.PaperInk.as_view(), name="paper-ink"),
    path("petitions/<number:number>/papers/<id:paper>/ink/<int:nth>/", ink.signed_sheet, name="signed-sheet"),
    path("petitions/<number:number>/evidence/", papers.EvidenceAdd.as_view(), name="evidence-add"),
    path("petitions/<number:number>/evidence/<id:evidence>/", papers.evidence, name="evidence"),
    *(_move(verb) for verb in FORMS),
    path("enter/", visit.enter, name="enter"),
    path("tour/<int:nth>/", visit.stop, name="tour"),
    path("questions/", visit.questions, name="questions"),
    path("cheat/", cheat.cheat, name="cheat"),
    path("parts/", visit.parts, name="parts"),
    path("officers/", officers.listed, name="officers"),
    path("officers/<id:officer>/lift_lock/", officers.LiftLock.as_view(), name="officer-lift_lock"),
    path("tenures/<id:tenure>/hand_over/", officers.HandOverPage.as_view(), name="tenure-hand_over"),
    path("administration/", include("xinfang.desk.administration.urls")),
    path("tenures/<id:tenure>/cover/", officers.CoverPage.as_view(), name="tenure-cover"),
]
