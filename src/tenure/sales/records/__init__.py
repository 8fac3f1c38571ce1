"""The record types of the sales room: what imports, forms, API, bulk work and undo know about them. One file a record."""

from tenure.sales.records.agent import AGENT
from tenure.sales.records.opportunity import OPPORTUNITY
from tenure.sales.records.pipeline_stage import PIPELINE_STAGE
from tenure.sales.records.product import PRODUCT

__all__ = ["AGENT", "OPPORTUNITY", "PIPELINE_STAGE", "PRODUCT"]
