"""Facts and their constraints. `TRACED` are the rows that entries of the trace vouch for."""

from django.db.models import Model

from xinfang.petitions.models.assignment import Assignment, CheckResult, Report, WorkNote
from xinfang.petitions.models.category import Category
from xinfang.petitions.models.correction import Correction
from xinfang.petitions.models.evaluation import Evaluation
from xinfang.petitions.models.evidence import Evidence
from xinfang.petitions.models.opinion import Answer, Delivery, Opinion
from xinfang.petitions.models.original import Loan, Original
from xinfang.petitions.models.petition import Matter, Named, Petition
from xinfang.petitions.models.petitioner import Demand, Petitioner
from xinfang.petitions.models.phrase import Phrase
from xinfang.petitions.models.remark import Remark
from xinfang.petitions.models.triage import Approval, DuplicateCheck, Proposal

__all__ = [
    "Answer",
    "Approval",
    "Assignment",
    "Category",
    "CheckResult",
    "Correction",
    "Delivery",
    "Demand",
    "DuplicateCheck",
    "Evaluation",
    "Evidence",
    "Loan",
    "Matter",
    "Named",
    "Opinion",
    "Original",
    "Petition",
    "Petitioner",
    "Phrase",
    "Proposal",
    "Remark",
    "Report",
    "WorkNote",
]

TRACED: tuple[type[Model], ...] = (
    *(Petition, Petitioner, Demand, DuplicateCheck, Proposal, Approval, Assignment, Evaluation, Evidence),
    *(Original, Loan, Correction, Remark),
    *(WorkNote, Report, CheckResult, Opinion, Answer, Delivery),
)
