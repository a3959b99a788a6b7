"""E-mail, by SMTP as the settings name it."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

from xinfang.notices.gateway import NotSent

_FOR_GOOD = range(500, 600)


def send(to: str, title: str, text: str, *, reference: str) -> None:
    """One plain message to one address. A server that says 5xx has refused for good."""
    domain = settings.MAIL_FROM.rpartition("@")[2].rstrip(">")
    headers = {"Message-ID": f"<{reference}@{domain}>", "Auto-Submitted": "auto-generated"}
    try:
        EmailMessage(title, text, settings.MAIL_FROM, [to], headers=headers).send()
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _said in refused.recipients.values()]
        raise NotSent(is_final=all(code in _FOR_GOOD for code in codes)) from None
    except smtplib.SMTPResponseException as refused:
        # Signing in or sending at all is the county's setting, not this address's fault.
        is_final = isinstance(refused, smtplib.SMTPDataError) and refused.smtp_code in _FOR_GOOD
        raise NotSent(is_final=is_final) from None
    except (smtplib.SMTPException, OSError):
        raise NotSent(is_final=False) from None
