"""Tables of the usage room."""

from tenure.usage.models.feature import Feature
from tenure.usage.models.meter import Meter, MeterVersion
from tenure.usage.models.milestone import Milestone, MilestoneReached, MilestoneSubject
from tenure.usage.models.quota import Quota, QuotaAlert

__all__ = ["Feature", "Meter", "MeterVersion", "Milestone", "MilestoneReached", "MilestoneSubject", "Quota", "QuotaAlert"]
