"""The administrator's pages, under administration/."""

from django.urls import path

from xinfang.desk.administration import (
    accounts,
    calendar,
    categories,
    code_lists,
    drills,
    front,
    phrases,
    sheets,
    units,
)

urlpatterns = [
    path("", front.front, name="administration"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/enrol/", accounts.EnrolPage.as_view(), name="officer-enrol"),
    path("accounts/first_passwords/", accounts.FirstPasswords.as_view(), name="first-passwords"),
    path("accounts/sheet/", sheets.OfficersSheet.as_view(), name="officers-sheet"),
    path("accounts/sheet/blank/", sheets.officers_blank, name="officers-blank"),
    path("accounts/<id:officer>/", accounts.account, name="officer"),
    path("accounts/<id:officer>/reset_password/", accounts.ResetPasswordPage.as_view(), name="officer-reset_password"),
    path("accounts/<id:officer>/leave/", accounts.LeavePage.as_view(), name="officer-leave"),
    path("tenures/<id:tenure>/end/", accounts.EndPage.as_view(), name="tenure-end"),
    path("units/", units.units, name="units"),
    path("units/open/", units.OpenPage.as_view(), name="unit-open"),
    path("units/sheet/", sheets.UnitsSheet.as_view(), name="units-sheet"),
    path("units/sheet/blank/", sheets.units_blank, name="units-blank"),
    path("units/<slug:unit>/correct/", units.CorrectPage.as_view(), name="unit-correct"),
    path("units/<slug:unit>/move/", units.MovePage.as_view(), name="unit-move"),
    path("units/<slug:unit>/abolish/", units.AbolishPage.as_view(), name="unit-abolish"),
    path("units/<slug:unit>/begin/", accounts.BeginPage.as_view(), name="tenure-begin"),
    path("categories/", categories.categories, name="categories"),
    path("categories/open/", categories.OpenPage.as_view(), name="category-open"),
    path("categories/<slug:category>/rename/", categories.RenamePage.as_view(), name="category-rename"),
    path("categories/<slug:category>/retire/", categories.RetirePage.as_view(), name="category-retire"),
    path("code_lists/", code_lists.code_lists, name="code-lists"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/load/", calendar.LoadPage.as_view(), name="calendar-load"),
    path("drills/", drills.drills, name="drills"),
    path("phrases/", phrases.PhrasesPage.as_view(), name="phrases"),
    path("phrases/<id:phrase>/retire/", phrases.RetirePhrase.as_view(), name="phrase-retire"),
]
