"""Sign-in, sign-out, and one's own password."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from xinfang.desk.forms.base import DeskForm, beside, speak
from xinfang.desk.kept import Kept, desk_match, packed_in, shown_again
from xinfang.desk.page import draw, officer_of
from xinfang.foundation.errors import Refused
from xinfang.organizations import sign_in as waiting
from xinfang.organizations.actions import officers

TEMPLATE = "desk/sign_in.html"
LONGEST_USERNAME = 60


class SignInForm(AuthenticationForm):
    """Name and password. One sentence for a wrong name and a wrong password."""

    error_messages = {
        "invalid_login": gettext_lazy("登录名或密码不对，请核对后再试。"),
        "inactive": gettext_lazy("登录名或密码不对，请核对后再试。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["username"].label = _("登录名")
        self.fields["password"].label = _("密码")
        for field in self.fields.values():
            speak(field)
        self.fields["username"].widget.attrs["autocomplete"] = "username"
        if settings.DEMO:  # the cards stand above it, and must not be scrolled away
            self.fields["username"].widget.attrs.pop("autofocus", None)

    def clean_username(self) -> str:
        """What is longer than any name is never looked up, nor counted: PostgreSQL would not take it into the count."""
        username: str = self.cleaned_data["username"]
        if len(username) > LONGEST_USERNAME:
            raise forms.ValidationError(self.error_messages["invalid_login"])
        return username


@method_decorator([sensitive_post_parameters(), login_not_required], name="dispatch")
class SignIn(LoginView):
    """The door. What was typed before it comes back behind it."""

    template_name = TEMPLATE
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Signed in meanwhile in another tab: what this tab holds is shown again."""
        kept = packed_in(request)
        if kept and request.user.is_authenticated:
            return entered(request, kept)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **_carried(packed_in(self.request))}

    def form_valid(self, form: AuthenticationForm) -> HttpResponseBase:  # type: ignore[override]
        login(self.request, form.get_user())
        return entered(self.request, packed_in(self.request), url=self.get_success_url())

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_redirect_url(self) -> str:
        """Only into the desk."""
        url = super().get_redirect_url()
        return url if url and desk_match(url.partition("?")[0]) else ""


class SignOut(LogoutView):
    """By POST alone, so that no link signs anyone out."""

    next_page = "desk:sign-in"


def entered(request: HttpRequest, kept: Kept | None, *, url: str = "desk:worklist") -> HttpResponseBase:
    """Behind the door: first a password of one's own, then the form that was under way, or the page asked for."""
    if officer_of(request).must_change_password:
        return _password_page(request, PasswordForm(officer=officer_of(request)), kept)
    if kept is None:
        return redirect(url)
    messages.info(request, resumed(kept))
    return shown_again(request, kept)


def resumed(kept: Kept) -> str:
    sentence = _("您填写的内容还在，尚未提交。请核对后再次提交。")
    return sentence + (_("附件没有保留，请重新选择文件。") if kept.had_files else "")


def asked(request: HttpRequest, kept: Kept) -> HttpResponse:
    """A form arrived and nobody is signed in: the sign-in page, with the form in its pocket."""
    context = {"form": SignInForm(request), "next": "", **_carried(None if kept.is_for_a_door else kept)}
    return render(request, TEMPLATE, context, status=403)


def locked_out(request: HttpRequest) -> HttpResponse:
    """Too many wrong passwords: how long to wait, and who can help."""
    now = timezone.now()
    username = request.POST.get("username", "")
    until = waiting.waits_until(username, at=now)
    form = SignInForm(request, initial={"username": username})
    sentence = waiting.sentence(until, at=now) if until else settings.AXES_COOLOFF_MESSAGE
    context = {
        "form": form,
        "refusals": [sentence],
        "next": request.POST.get("next", ""),
        **_carried(packed_in(request)),
    }
    return render(request, TEMPLATE, context, status=429)


class PasswordForm(DeskForm):
    """The new password twice, after the present one."""

    old = forms.CharField(label=gettext_lazy("现在的密码"), strip=False, widget=forms.PasswordInput)
    password = forms.CharField(
        label=gettext_lazy("新密码"),
        strip=False,
        widget=forms.PasswordInput,
        help_text=gettext_lazy("至少10个字符，不要用常见的密码，也不要与登录名相近。"),
    )
    again = forms.CharField(label=gettext_lazy("再输一次新密码"), strip=False, widget=forms.PasswordInput)

    def __init__(self, *args: Any, officer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer = officer
        for name, use in (("old", "current-password"), ("password", "new-password"), ("again", "new-password")):
            self.fields[name].widget.attrs["autocomplete"] = use

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise forms.ValidationError(_("两次输入的新密码不一样。"))
        return again


class Password(View):
    """修改密码. Asked for before everything else while the password is a one-time one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return _password_page(request, PasswordForm(officer=officer_of(request)), None)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form = PasswordForm(request.POST, officer=officer_of(request))
        if form.is_valid() and self._changed(request, form):
            messages.success(request, _("密码已修改。"))
            return entered(request, packed_in(request))
        return _password_page(request, form, packed_in(request), status=422)

    def _changed(self, request: HttpRequest, form: PasswordForm) -> bool:
        officer = officer_of(request)
        try:
            said = form.cleaned_data
            officers.set_password(officer, raw=said["password"], old=said["old"], by=officer, at=timezone.now())
        except Refused as refused:
            beside(form, refused)
            return False
        update_session_auth_hash(request, officer)
        return True


def _password_page(request: HttpRequest, form: PasswordForm, kept: Kept | None, *, status: int = 200) -> HttpResponse:
    is_forced = officer_of(request).must_change_password
    return draw(request, "desk/password.html", {"form": form, "is_forced": is_forced, **_carried(kept)}, status=status)


def _carried(kept: Kept | None) -> dict[str, Any]:
    return {"kept": kept.packed(), "had_files": kept.had_files} if kept else {}
