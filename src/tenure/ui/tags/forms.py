"""Tags for forms: a field with label, help and errors; all fields; the errors of the whole."""

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput

register = template.Library()


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, *, label: str = "", hide_label: bool = False) -> dict[str, object]:
    """Draw one field; help and errors are tied to it for screen readers by Django's aria-describedby."""
    check = isinstance(bound.field.widget, CheckboxInput)
    return {"field": bound, "label": label or bound.label, "hide_label": hide_label, "check": check}


@register.inclusion_tag("ui/form_fields.html")
def form_fields(form: BaseForm) -> dict[str, object]:
    """Draw the errors of the whole form, its hidden fields and every visible field in order."""
    return {"form": form}


@register.inclusion_tag("ui/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, object]:
    """Draw a summary of what is wrong, with a link to each field; nothing while there is no error."""
    wrong = [bound for bound in form.visible_fields() if bound.errors] if form.is_bound else []
    return {"form": form, "wrong": wrong}
