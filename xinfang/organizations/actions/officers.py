"""Officers: enrolled, let go, and helped when they cannot sign in."""

from collections.abc import Sequence
from datetime import datetime

from axes.utils import reset
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_noop

from xinfang.foundation.errors import Refused
from xinfang.foundation.sealing import new_code
from xinfang.organizations import policies
from xinfang.organizations.models import Officer
from xinfang.trace.acts import Hand, act, record

ONE_TIME_LENGTH = 14
LONGEST_NAME = 40
_WEAK = {
    "password_too_short": gettext_noop("新密码太短，至少要有10个字符。"),
    "password_too_common": gettext_noop("这个密码太常见，请换一个。"),
    "password_too_similar": gettext_noop("新密码与登录名或者姓名太相近，请换一个。"),
    "": gettext_noop("新密码不够安全，请换一个。"),
}
_is_username = RegexValidator(r"\A[\w.-]{2,60}\Z")


@act
def enrol(*, username: str, name: str, by: Officer | Hand, at: datetime) -> Officer:
    """登记: an account without duties and without a password; `reset_password` gives the first one."""
    hand = policies.enroller(by)
    username, name = Officer.normalize_username(username.strip()), name.strip()
    _forbid_bad_name(username, name)
    officer = Officer(username=username, name=name)
    officer.set_unusable_password()
    officer.save(force_insert=True)
    record("officer.enrol", subject=("officer", officer.pk), by=hand, at=at, facts={}, rows=[officer])
    return officer


@act
def leave(officer: Officer, *, by: Officer | Hand, at: datetime) -> Officer:
    """离岗: the account closes at once and every tenure ends today. What he did stays his."""
    hand = policies.keeper_of(officer, by)
    officer.is_active = False
    officer.save(update_fields=["is_active"])
    today = timezone.localdate(at)
    for tenure in officer.tenures.exclude(until__lte=today):
        tenure.close(today)
    record("officer.leave", subject=("officer", officer.pk), by=hand, at=at, facts={"on": today.isoformat()})
    return officer


@act
def set_password(officer: Officer, *, raw: str, old: str = "", by: Officer, at: datetime) -> Officer:
    """改密码: one's own, for who knows the present one. Each costs one hashing: the old is compared as it was typed."""
    if by != officer:
        raise Refused("只能修改本人的密码。")
    if officer.has_usable_password() and not officer.check_password(old):
        raise Refused("现在的密码不对。", field="old")
    _forbid_weak(raw, old, officer)
    officer.set_password(raw)
    officer.must_change_password = False
    officer.save(update_fields=["password", "must_change_password"])
    hand = officer.hand(officer.seats[0] if officer.seats else None)
    record("officer.set_password", subject=("officer", officer.pk), by=hand, at=at, facts={"own": True})
    return officer


@act
def reset_password(officer: Officer, *, by: Officer | Hand, at: datetime) -> str:
    """重置密码: a one-time password, told once; the first sign-in must change it."""
    hand = policies.keeper_of(officer, by)
    once = new_code(ONE_TIME_LENGTH)
    officer.set_password(once)
    officer.must_change_password = True
    officer.save(update_fields=["password", "must_change_password"])
    record("officer.reset_password", subject=("officer", officer.pk), by=hand, at=at, facts={"own": False})
    return once


@act
def first_passwords(newcomers: Sequence[Officer], *, by: Officer | Hand, at: datetime) -> list[tuple[Officer, str]]:
    """首次密码: for accounts that have none yet, together; each is told once."""
    hand = policies.enroller(by)
    if not newcomers or any(officer.has_usable_password() for officer in newcomers):
        raise Refused("只能给还没有密码的账号发首次密码。")
    told = [(officer, reset_password(officer, by=by, at=at)) for officer in newcomers]
    facts = {"officers": [officer.pk for officer in newcomers]}
    record("officer.first_passwords", subject=("officer", newcomers[0].pk), by=hand, at=at, facts=facts)
    return told


@act
def lift_lock(officer: Officer, *, by: Officer | Hand, at: datetime) -> Officer:
    """解除等待: he may try to sign in again at once."""
    hand = policies.lifter_of(officer, by)
    lifted = reset(username=officer.username)
    record("officer.lift_lock", subject=("officer", officer.pk), by=hand, at=at, facts={"attempts": lifted})
    return officer


def _forbid_bad_name(username: str, name: str) -> None:
    try:
        _is_username(username)
    except ValidationError:
        raise Refused("登录名为 2 至 60 个字母、数字、点、横线或汉字。", field="username") from None
    if not name:
        raise Refused("请填写姓名。", field="name")
    if len(name) > LONGEST_NAME:
        raise Refused("姓名不能超过 %(most)s 个字。", field="name", most=LONGEST_NAME)
    if Officer.objects.filter(username=username).exists():
        raise Refused("登录名已被使用。", field="username")


def _forbid_weak(raw: str, old: str, officer: Officer) -> None:
    if raw == old:
        raise Refused("新密码不能与原密码相同。", field="password")
    try:
        validate_password(raw, officer)
    except ValidationError as error:
        raise Refused(_WEAK.get(str(error.error_list[0].code), _WEAK[""]), field="password") from None
