"""The lists of the sales room: columns, filters, sorts and search, for pages, API and exports alike. One file a list."""

from tenure.sales.lists.opportunities import OPPORTUNITIES
from tenure.sales.lists.selling import AGENTS, PIPELINE_STAGES, PRODUCTS, agent_choices, product_choices, stage_choices

__all__ = ["AGENTS", "OPPORTUNITIES", "PIPELINE_STAGES", "PRODUCTS", "agent_choices", "product_choices", "stage_choices"]
