"""What the usage room refuses."""

from __future__ import annotations

from tenure.kernel.errors import Conflict, Invalid


class DefinitionInvalid(Invalid):
    """What a meter is to count is not said clearly; `errors` names the parts."""

    code = "meter_definition_invalid"
    message = "This meter cannot be counted as it is defined: {problem}"


class ZoneUnknown(Invalid):
    """A time zone that nobody keeps."""

    code = "zone_unknown"
    message = "“{zone}” is no time zone: take a name such as Europe/Berlin."


class PeriodMissing(Invalid):
    """A question about usage without an end, or about no time at all."""

    code = "usage_period_missing"
    message = "Usage is asked for a period with a start and a later end."


class TooManyWindows(Invalid):
    """A period cut into more stretches than anybody reads."""

    code = "too_many_windows"
    message = "The period holds more than {limit} windows: ask for a shorter period or longer windows."


class TooManyResults(Conflict):
    """An answer of more rows than one answer may have."""

    code = "too_many_results"
    message = "The answer has more than {limit} rows: ask for one account, a shorter period, or fewer groups."


class KeyTaken(Conflict):
    """Another meter or feature has the key."""

    code = "key_taken"
    message = "The key “{key}” is taken already."


class KeyInvalid(Invalid):
    """A key that other systems could not write."""

    code = "key_invalid"
    message = "A key has lower-case letters, digits and underscores, and begins with a letter."


class NameMissing(Invalid):
    """A meter or a feature without a name."""

    code = "name_missing"
    message = "Give it a name."


class MeterIsArchived(Conflict):
    """A meter that is archived changes no more."""

    code = "meter_archived"
    message = "This meter is archived: it changes no more."


class FeatureEventsMissing(Invalid):
    """A feature that no event names is never seen."""

    code = "feature_events_missing"
    message = "Name at least one event by which the feature is seen."


class QuotaAmountInvalid(Invalid):
    """A quota of nothing."""

    code = "quota_amount_invalid"
    message = "A quota is an amount above zero."


class QuotaThresholdsInvalid(Invalid):
    """Thresholds that are no per cent."""

    code = "quota_thresholds_invalid"
    message = "Thresholds are whole per cent from 1 to 1000, each named once, at most {most}."


class MeterHasNoQuota(Conflict):
    """A meter whose usage is no amount that could be used up."""

    code = "meter_has_no_quota"
    message = "An average, a lowest or a latest value cannot be used up: take another meter."


class FilterMalformed(Invalid):
    """A filter that cannot be read."""

    code = "usage_filter_malformed"
    message = "“{text}” is no filter: write property:operator:value, such as plan:eq:pro."


class GroupKeyUnknown(Invalid):
    """Usage grouped by too much, or by nothing."""

    code = "usage_group_unknown"
    message = "Group by account, user, event or names of properties, at most {most}."


class CursorMalformed(Invalid):
    """A place to go on from that no answer gave."""

    code = "usage_cursor_malformed"
    message = "This is no cursor of this list: send what `next` said."


class MilestoneWeeksInvalid(Invalid):
    """Weeks that cannot be."""

    code = "milestone_weeks_invalid"
    message = "Core use is seen in 1 to {most} of as many weeks or more, at most {most}."
