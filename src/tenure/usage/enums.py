"""The closed lists of the usage room."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class Aggregation(models.TextChoices):
    """How the events of a meter become one number."""

    COUNT = "count", pgettext_lazy("aggregation", "Count of events")
    SUM = "sum", pgettext_lazy("aggregation", "Sum")
    MAX = "max", pgettext_lazy("aggregation", "Highest")
    MIN = "min", pgettext_lazy("aggregation", "Lowest")
    AVERAGE = "average", pgettext_lazy("aggregation", "Average")
    LATEST = "latest", pgettext_lazy("aggregation", "Latest")
    UNIQUE_COUNT = "unique_count", pgettext_lazy("aggregation", "Different values")
    WEIGHTED_SUM = "weighted_sum", pgettext_lazy("aggregation", "Level over time")
    RECURRING_SUM = "recurring_sum", pgettext_lazy("aggregation", "Running total")
    PRORATED_RECURRING_SUM = "prorated_recurring_sum", pgettext_lazy("aggregation", "Running total by days")


class FilterOperator(models.TextChoices):
    """How a property is compared."""

    EQ = "eq", pgettext_lazy("filter", "is")
    NE = "ne", pgettext_lazy("filter", "is not")
    IN = "in", pgettext_lazy("filter", "is one of")
    NOT_IN = "not_in", pgettext_lazy("filter", "is none of")
    LT = "lt", pgettext_lazy("filter", "below")
    LTE = "lte", pgettext_lazy("filter", "at most")
    GT = "gt", pgettext_lazy("filter", "above")
    GTE = "gte", pgettext_lazy("filter", "at least")
    EXISTS = "exists", pgettext_lazy("filter", "is given")
    NOT_EXISTS = "not_exists", pgettext_lazy("filter", "is not given")
    CONTAINS = "contains", pgettext_lazy("filter", "contains")


class WindowSize(models.TextChoices):
    """Into which stretches of time usage is cut."""

    MINUTE = "minute", pgettext_lazy("window", "Minute")
    HOUR = "hour", pgettext_lazy("window", "Hour")
    DAY = "day", pgettext_lazy("window", "Day")
    WEEK = "week", pgettext_lazy("window", "Week")
    MONTH = "month", pgettext_lazy("window", "Month")
    WHOLE = "whole", pgettext_lazy("window", "Whole period")


class UnitRounding(models.TextChoices):
    """How converted units are rounded to whole ones."""

    NONE = "none", pgettext_lazy("rounding", "Not at all")
    CEILING = "ceiling", pgettext_lazy("rounding", "Up")
    HALF_UP = "half_up", pgettext_lazy("rounding", "To the nearest")
    FLOOR = "floor", pgettext_lazy("rounding", "Down")


class QuotaPeriod(models.TextChoices):
    """How long a quota lasts until it begins anew, by the workspace's calendar."""

    DAY = "day", pgettext_lazy("quota", "a day")
    WEEK = "week", pgettext_lazy("quota", "a week")
    MONTH = "month", pgettext_lazy("quota", "a month")
    YEAR = "year", pgettext_lazy("quota", "a year")


class MilestoneKind(models.TextChoices):
    """What an account reaches by using the product, in their usual order."""

    SIGN_UP = "sign_up", pgettext_lazy("milestone", "Sign-up")
    FIRST_USE = "first_use", pgettext_lazy("milestone", "First use")
    FIRST_VALUE = "first_value", pgettext_lazy("milestone", "First value")
    CORE_USE = "core_use", pgettext_lazy("milestone", "Core use")
