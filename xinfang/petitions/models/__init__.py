"""Facts and their constraints. `TRACED` are the rows that entries of the trace vouch for."""

from django.db.models import Model

from xinfang.petitions.models.after import (
    CallBack,
    Commitment,
    FollowUp,
    FollowUpConclusion,
    Performance,
    Referral,
    ReferralResult,
    Resolution,
    UrgentReport,
)
from xinfang.petitions.models.assignment import Assignment, CheckResult, Report, WorkNote
from xinfang.petitions.models.branch import (
    CoOpinion,
    Ending,
    Extension,
    Objection,
    OwnerDecision,
    Supplement,
    Withdrawal,
)
from xinfang.petitions.models.category import Category, CategoryName
from xinfang.petitions.models.correction import Correction, ReceiptNote
from xinfang.petitions.models.custodian import Custodian
from xinfang.petitions.models.discipline import DisciplineAnswer, DisciplineCase
from xinfang.petitions.models.erasure_request import ErasureRequest
from xinfang.petitions.models.evaluation import Evaluation
from xinfang.petitions.models.evidence import Evidence
from xinfang.petitions.models.hearing import Hearing, Mediation
from xinfang.petitions.models.help_line import HelpLine
from xinfang.petitions.models.leadership import Instruction, Recusal, Sponsorship, SponsorVisit
from xinfang.petitions.models.look import Inquiry, Look
from xinfang.petitions.models.notice_paper import NoticeSent, NoticeWaiting
from xinfang.petitions.models.opinion import Answer, Delivery, GatePass, Opinion, SharedDraft
from xinfang.petitions.models.original import HandingBack, Loan, Original
from xinfang.petitions.models.petition import Matter, Named, Petition
from xinfang.petitions.models.petitioner import Demand, Petitioner
from xinfang.petitions.models.phrase import Phrase
from xinfang.petitions.models.plea import Plea, PleaReply, Renewal
from xinfang.petitions.models.remark import Remark
from xinfang.petitions.models.review import (
    ReviewCase,
    ReviewDelivery,
    ReviewFinding,
    ReviewSupplement,
    ReviewWithdrawal,
)
from xinfang.petitions.models.triage import Approval, DuplicateCheck, Proposal

__all__ = [
    "Answer",
    "Approval",
    "Assignment",
    "CallBack",
    "Category",
    "CategoryName",
    "CheckResult",
    "CoOpinion",
    "Commitment",
    "Correction",
    "Custodian",
    "Delivery",
    "Demand",
    "DisciplineAnswer",
    "DisciplineCase",
    "DuplicateCheck",
    "Ending",
    "ErasureRequest",
    "Evaluation",
    "Evidence",
    "Extension",
    "FollowUp",
    "FollowUpConclusion",
    "GatePass",
    "HandingBack",
    "Hearing",
    "HelpLine",
    "Inquiry",
    "Instruction",
    "Loan",
    "Look",
    "Matter",
    "Mediation",
    "Named",
    "NoticeSent",
    "NoticeWaiting",
    "Objection",
    "Opinion",
    "Original",
    "OwnerDecision",
    "Performance",
    "Petition",
    "Petitioner",
    "Phrase",
    "Plea",
    "PleaReply",
    "Proposal",
    "ReceiptNote",
    "Recusal",
    "Referral",
    "ReferralResult",
    "Remark",
    "Renewal",
    "Report",
    "Resolution",
    "ReviewCase",
    "ReviewDelivery",
    "ReviewFinding",
    "ReviewSupplement",
    "ReviewWithdrawal",
    "SharedDraft",
    "SponsorVisit",
    "Sponsorship",
    "Supplement",
    "UrgentReport",
    "Withdrawal",
    "WorkNote",
]

TRACED: tuple[type[Model], ...] = (
    *(Petition, Petitioner, Demand, DuplicateCheck, Proposal, Approval, Assignment, Evaluation, Evidence),
    *(Original, HandingBack, Loan, Correction, ReceiptNote, Remark, Phrase, CategoryName, Named, Custodian),
    *(Objection, OwnerDecision, Extension, Supplement, CoOpinion, Ending, Withdrawal, Mediation, Hearing),
    *(Instruction, Sponsorship, SponsorVisit, Recusal, ReviewCase, ReviewDelivery, ReviewFinding, ReviewSupplement),
    ReviewWithdrawal,
    *(Look, Inquiry, ErasureRequest),
    *(Plea, PleaReply, Renewal, NoticeSent),
    *(WorkNote, Report, CheckResult, Opinion, SharedDraft, Answer, GatePass, Delivery),
    *(CallBack, Commitment, Performance, FollowUp, FollowUpConclusion, Resolution),
    *(Referral, ReferralResult, UrgentReport),
    *(DisciplineCase, DisciplineAnswer),
)
