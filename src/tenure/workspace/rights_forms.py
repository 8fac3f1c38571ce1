"""Forms about members, rights, keys and settings."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import available_timezones

from babel.numbers import list_currencies
from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from tenure.workspace.domain.grants import EVERYWHERE, Place
from tenure.workspace.domain.permissions import covers
from tenure.workspace.domain.roles import NEVER_GIVEN
from tenure.workspace.enums import GrantScope, NotifyBy
from tenure.workspace.models import Role
from tenure.workspace.permission_names import known_permissions

if TYPE_CHECKING:
    from datetime import date

    from tenure.workspace.context import Context

LANGUAGES = [(code, name) for code, name in settings.LANGUAGES]
THEMES = [("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))]
NUMBER_FORMATS = [
    ("", _("As the language has it")),
    ("en", "1,234.56"),
    ("de", "1.234,56"),
    ("fr", "1 234,56"),
    ("de-ch", "1’234.56"),
]
MAX_LEVELS = 9


class TermsForm(forms.Form):
    """What is given: a role, how far it reaches, how long, over how many further hands."""

    role = forms.ChoiceField(label=_("Role"))
    scope = forms.ChoiceField(label=_("Reaches"), choices=GrantScope.choices, initial=GrantScope.WORKSPACE)
    account = forms.UUIDField(
        label=_("Account"), required=False, widget=forms.Select, help_text=_("Only for an account and all below it.")
    )
    may_delegate = forms.IntegerField(
        label=_("May be handed on, levels"), min_value=0, max_value=MAX_LEVELS, initial=0, required=False,
        help_text=_("0: only for themselves. 1: to people who cannot hand it on."),
    )  # fmt: skip
    ends_on = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}), help_text=_("Empty: without an end.")
    )

    def __init__(self, ctx: Context, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        self.ctx = ctx
        self.roles = {str(role.pk): role for role in Role.objects.order_by("-is_builtin", "name")}
        as_choice(self.fields["role"], [(key, role.name) for key, role in self.roles.items()])
        self.fields["account"].widget.attrs |= {
            "data-combobox": True,
            "data-src": reverse("workspace:references", args=[ctx.workspace.slug, "account"]),
        }

    def clean(self) -> dict[str, Any]:
        """An account goes with a subtree, and only with one."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("scope") == GrantScope.SUBTREE and not values.get("account") and "account" not in self.errors:
            self.add_error("account", _("Choose the account this reaches."))
        return values

    @property
    def chosen_role(self) -> Role:
        """The role chosen."""
        return self.roles[self.cleaned_data["role"]]

    @property
    def place(self) -> Place:
        """Where it reaches."""
        account: UUID | None = self.cleaned_data["account"]
        scope = self.cleaned_data["scope"]
        return EVERYWHERE if scope == GrantScope.WORKSPACE else Place(scope, account if scope == GrantScope.SUBTREE else None)

    @property
    def expires_at(self) -> datetime | None:
        """The instant after the last day, in the workspace's zone."""
        day: date | None = self.cleaned_data["ends_on"]
        return None if day is None else datetime.combine(day + timedelta(days=1), time(), self.ctx.workspace.tz).astimezone(UTC)

    def terms(self) -> dict[str, Any]:
        """What the actions that hand on rights take."""
        return {"place": self.place, "may_delegate": self.cleaned_data["may_delegate"] or 0, "expires_at": self.expires_at}


class InviteForm(TermsForm):
    """A colleague and what they may do."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    field_order = ("email", "name", "role", "scope", "account", "may_delegate", "ends_on")


class KeyForm(TermsForm):
    """A key to the API."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("Which program uses it."))
    field_order = ("name", "role", "scope", "account", "may_delegate", "ends_on")


class RoleForm(forms.Form):
    """A role: its name, and its permissions by room."""

    name = forms.CharField(label=_("Name"), max_length=60)
    description = forms.CharField(label=_("Description"), required=False, max_length=500)
    permissions = forms.MultipleChoiceField(label=_("Permissions"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, extra: tuple[str, ...] = (), **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        self.rooms = permission_rooms(extra)
        as_choice(self.fields["permissions"], [(name, name) for _room, names in self.rooms for name in names])


def permission_rooms(extra: tuple[str, ...] = ()) -> list[tuple[str, list[str]]]:
    """Room to the patterns offered for it: the whole room first. `extra`: patterns a role has that stand nowhere else."""
    known = known_permissions() - NEVER_GIVEN
    rooms = sorted({name.partition(".")[0] for name in known})
    offered = [("*", ["*", "*.view"])]
    offered += [(room, [f"{room}.*", *sorted(name for name in known if covers(f"{room}.*", name))]) for room in rooms]
    listed = {name for _room, names in offered for name in names}
    return [*offered, ("…", [name for name in extra if name not in listed])] if set(extra) - listed else offered


class ProfileForm(forms.Form):
    """How a member reads Tenure."""

    name = forms.CharField(label=_("Name"), max_length=120)
    language = forms.ChoiceField(label=_("Language"), required=False)
    zone = forms.ChoiceField(label=_("Time zone"), required=False)
    number_format = forms.ChoiceField(label=_("Number format"), choices=NUMBER_FORMATS, required=False)
    theme = forms.ChoiceField(label=_("Theme"), choices=THEMES)
    notify_by = forms.ChoiceField(
        label=_("Notifications"),
        choices=NotifyBy.choices,
        required=False,
        help_text=_("Tasks others give you, accounts that become yours, reminders, work of yours that has ended."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        as_choice(self.fields["language"], [("", _("As the workspace has it")), *LANGUAGES])
        as_choice(self.fields["zone"], [("", _("As the workspace has it")), *zone_choices()])
        self.fields["zone"].widget.attrs["data-combobox"] = True

    def clean_notify_by(self) -> str:
        """Whoever does not say is told in Tenure only."""
        return self.cleaned_data["notify_by"] or NotifyBy.PAGE


class WorkspaceSettingsForm(forms.Form):
    """What the workspace is called and counts by."""

    name = forms.CharField(label=_("Name"), max_length=120)
    currency = forms.ChoiceField(label=_("Reporting currency"), help_text=_("All figures are shown in it."))
    zone = forms.ChoiceField(label=_("Time zone"), help_text=_("Days and months begin by this clock."))
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    fiscal_year_month = forms.TypedChoiceField(label=_("Fiscal year begins in"), choices=list(MONTHS.items()), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        as_choice(self.fields["currency"], [(code, code) for code in sorted(list_currencies())])
        as_choice(self.fields["zone"], zone_choices())
        for name in ("currency", "zone"):
            self.fields[name].widget.attrs["data-combobox"] = True


class JoinForm(forms.Form):
    """A new user who accepts an invitation: the address is the invited one."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least ten characters."),
    )


def zone_choices() -> list[tuple[str, str]]:
    """Every time zone by its name."""
    return [(zone, zone) for zone in sorted(available_timezones())]


def as_choice(field: forms.Field, choices: list[tuple[Any, Any]]) -> None:
    """Give a choice field its choices."""
    field.choices = choices  # type: ignore[attr-defined]
