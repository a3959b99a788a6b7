"""People as a clerk types them: a name, and behind it what a card or a letter says."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from xinfang.desk.forms.fields import Lines
from xinfang.foundation import id_numbers
from xinfang.petitions.models.petitioner import Identity

LONGEST_NAME, LONGEST_NUMBER = 60, 30
_PHONE = re.compile(r"\+?\d[\d-]{6,15}")
_NUMBER = re.compile(r"\d{14,20}[Xx]?|[A-Z]{1,2}\d{6,10}")


class People(Lines):
    """One person a line: 姓名, then in any order a number and a telephone."""

    def clean(self, value: Any) -> tuple[Identity, ...]:  # type: ignore[override]
        people = tuple(person_of(line) for line in super().clean(value))
        for n, person in enumerate(people, start=1):
            if not person.name:
                raise forms.ValidationError(_("第 %(n)s 行没有姓名，请先写姓名，再写号码。") % {"n": n})
        return people


def person_of(line: str) -> Identity:
    """What is neither number nor telephone is his name."""
    names, number, phone = [], "", ""
    for word in line.split():
        plain = id_numbers.plain(word)
        if not number and _NUMBER.fullmatch(plain):
            number = plain
        elif not phone and _PHONE.fullmatch(plain):
            phone = plain
        else:
            names.append(word)
    return Identity(name=" ".join(names)[:LONGEST_NAME], id_no=number, phone=phone)


def why_wrong(number: str) -> str:
    """The sentence for a number that no identity card has, empty when it may be one, or is of another kind of paper."""
    if not id_numbers.looks_like_one(number):
        return ""
    if not id_numbers.has_length(number):
        return _("身份证号码有18位（旧证15位），现在是 %(n)s 位，请核对。") % {"n": len(number)}
    if not id_numbers.is_sound(number):
        return _("身份证号码的最后一位与前面的对不上，可能有一位写错了，请核对。")
    return ""


def typed_people(data: Any) -> list[Identity]:
    """Whoever stands in a form that is still being filled in, taken as far as it is readable."""
    lead = Identity(
        name=data.get("lead_name", "").strip()[:LONGEST_NAME],
        id_no=id_numbers.plain(data.get("lead_id_no", ""))[:LONGEST_NUMBER],
        phone=data.get("lead_phone", "").strip()[:LONGEST_NUMBER],
    )
    others = [person_of(line) for line in data.get("people", "").splitlines()[:_MOST_READ]]
    return [person for person in (lead, *others) if person != Identity()]


_MOST_READ = 20
