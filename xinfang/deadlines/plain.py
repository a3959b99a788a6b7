"""Why this date, in sentences: for the petitioner, and above the days on the desk."""

from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from xinfang.deadlines.explained import Explanation


def sentences(found: Explanation) -> list[str]:
    """How the day was found, one thing a sentence, in the order one would count."""
    return [*_counting(found), *_left_out(found), *_extended(found), *_ending(found), *_uncertain(found)]


def _counting(found: Explanation) -> Iterator[str]:
    promise, term = found.promise, found.term
    facts = {"start": _d(promise.started_on), "n": term.length, "article": term.article}
    if promise.stated_on:
        yield _("最后一日由交办函或者有关规定写明：%(day)s。") % {"day": _d(promise.stated_on)}
    elif not term.length:
        yield _("依照%(article)s，应当在%(start)s当日完成。") % facts
    elif term.working:
        yield _("依照%(article)s，期限是%(n)s个工作日。%(start)s当天不算，从下一个工作日算起。") % facts
    else:
        yield _("依照%(article)s，期限是%(n)s日，休息日也算在内。%(start)s当天不算，从第二天算起。") % facts


def _left_out(found: Explanation) -> Iterator[str]:
    if found.term.working:
        for name, first, last in found.holidays:
            yield _("%(first)s至%(last)s是%(name)s假期，不算。") % {"first": _d(first), "last": _d(last), "name": name}
        for day in found.made_up:
            yield _("%(day)s虽是周末，因%(name)s调休上班，算工作日。") % {"day": _d(day.day), "name": day.holiday}
    for shift in found.exclusions:
        facts = {"first": _d(shift.first), "last": _d(shift.last), "article": shift.article}
        yield _("%(first)s至%(last)s举行听证，依照%(article)s不计算在内。") % facts


def _extended(found: Explanation) -> Iterator[str]:
    for shift in found.corrections:
        yield _("起算日原来录为%(old)s，依据证据更正为%(new)s。") % {"old": _d(shift.first), "new": _d(shift.last)}
    for shift in found.extensions:
        facts = {"article": shift.article, "days": shift.days}
        yield _("依照%(article)s，经批准延长%(days)s日，从原来的最后一日接着算。") % facts


def _ending(found: Explanation) -> Iterator[str]:
    promise = found.promise
    if found.is_rolled:
        facts = {"strict": _d(promise.due_strict), "legal": _d(promise.due_legal)}
        yield _("%(strict)s是休息日，为了不让信访人少一天，顺延到之后的第一个工作日%(legal)s。") % facts
    yield _("所以最后一日是%(day)s，到当天24时为止。") % {"day": _d(promise.due_on)}
    if found.is_kept:
        yield _("放假通知后来有过修改，已经定下的日期不因此变动。")


def _uncertain(found: Explanation) -> Iterator[str]:
    for year in found.missing_years:
        yield _("%(year)s年的放假安排还没有公布或者载入，公布后这一天可能变动，变动会留痕。") % {"year": year}


def _d(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""
