"""The words of the choices that rows keep."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """The only ways a promised date moves."""

    EXTENSION = "extension", _("延长")
    EXCLUDED = "excluded", _("不计入期限")
    START_CORRECTED = "start_corrected", _("更正起算日")
    CALENDAR = "calendar", _("日历公布后重算")
