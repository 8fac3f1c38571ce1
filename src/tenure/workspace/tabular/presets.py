"""Exports of well-known programs: the columns they bring and the fields these belong to.

Headers are those of each program's own CSV export, as labels and as internal names. Fields are generic names; a record type
that lacks one leaves the column to a custom field. A column that only repeats others is mapped to None: left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tenure.workspace.tabular.words import folded


@dataclass(frozen=True, slots=True)
class Preset:
    """One kind of export: `signature` are the headers by which it is known, all of which must be there.

    columns: header to field name, None for a column to leave out. record: the generic name of what the rows are.
    """

    name: str
    record: str
    signature: tuple[str, ...]
    columns: Mapping[str, str | None]


HUBSPOT_COMPANIES = Preset(
    "hubspot_companies",
    "account",
    ("Record ID", "Company name"),
    {
        "Record ID": "external_id",
        "Company name": "name",
        "Company owner": "owner",
        "Company Domain Name": "domain",
        "Website URL": "website",
        "Phone Number": "phone",
        "Industry": "industry",
        "Number of Employees": "employees",
        "Annual Revenue": "annual_revenue",
        "Country/Region": "country",
        "State/Region": "region",
        "City": "city",
        "Street Address": "street",
        "Postal Code": "postal_code",
        "Time Zone": "time_zone",
        "Lifecycle Stage": "lifecycle_stage",
        "Lead Status": "lead_status",
        "Type": "account_type",
        "Description": "description",
        "Parent Company": "parent",
        "Create Date": "created_at",
        "Original Traffic Source": "source",
        "Last Activity Date": None,
        "Last Modified Date": None,
        "Number of Associated Contacts": None,
        "Number of Associated Deals": None,
    },
)
HUBSPOT_CONTACTS = Preset(
    "hubspot_contacts",
    "person",
    ("Record ID", "First Name", "Last Name"),
    {
        "Record ID": "external_id",
        "First Name": "given_name",
        "Last Name": "family_name",
        "Email": "email",
        "Phone Number": "phone",
        "Mobile Phone Number": "mobile",
        "Job Title": "job_title",
        "Contact owner": "owner",
        "Associated Company": "account",
        "Primary Company": "account",
        "Company Name": "account",
        "Associated Company IDs": "account_external_id",
        "Primary Associated Company ID": "account_external_id",
        "Lead Status": "lead_status",
        "Lifecycle Stage": "lifecycle_stage",
        "Buying Role": "role",
        "Country/Region": "country",
        "City": "city",
        "Preferred language": "language",
        "Time Zone": "time_zone",
        "Create Date": "created_at",
        "Original Traffic Source": "source",
        "Original Source": "source",
        "Marketing contact status": "marketing_status",
        "Last Activity Date": None,
        "Last Modified Date": None,
    },
)
HUBSPOT_DEALS = Preset(
    "hubspot_deals",
    "opportunity",
    ("Record ID", "Deal Name", "Deal Stage"),
    {
        "Record ID": "external_id",
        "Deal Name": "name",
        "Deal Stage": "stage",
        "Pipeline": "pipeline",
        "Amount": "amount",
        "Currency": "currency",
        "Amount in company currency": None,
        "Close Date": "closed_on",
        "Create Date": "opened_on",
        "Deal owner": "owner",
        "Deal Type": "kind",
        "Deal Description": "description",
        "Associated Company": "account",
        "Associated Company IDs": "account_external_id",
        "Associated Contact": "person",
        "Associated Contact IDs": "person_external_id",
        "Closed Lost Reason": "loss_reason",
        "Closed Won Reason": "win_reason",
        "Is Closed Won": "is_won",
        "Is Closed Lost": "is_lost",
        "Deal probability": "probability",
        "Original Traffic Source": "source",
        "Forecast amount": None,
        "Weighted amount": None,
        "Last Activity Date": None,
        "Last Modified Date": None,
    },
)
STRIPE_CUSTOMERS = Preset(
    "stripe_customers",
    "account",
    ("id", "Email", "Name", "Created (UTC)"),
    {
        "id": "external_id",
        "Name": "name",
        "Email": "email",
        "Description": "description",
        "Created (UTC)": "created_at",
        "Currency": "currency",
        "Phone": "phone",
        "Address Line1": "street",
        "Address City": "city",
        "Address State": "region",
        "Address Country": "country",
        "Address Zip": "postal_code",
        "Business Vat ID": "tax_id",
        "Delinquent": "is_delinquent",
        "Plan": "plan",
        "Status": "status",
        "Total Spend": None,
        "Payment Count": None,
        "Average Order": None,
        "Refunded Volume": None,
        "Dispute Losses": None,
        "Card ID": None,
        "Card Last4": None,
        "Card Brand": None,
    },
)
STRIPE_SUBSCRIPTIONS = Preset(
    "stripe_subscriptions",
    "subscription",
    ("id", "Customer ID", "Plan", "Current Period Start (UTC)"),
    {
        "id": "external_id",
        "Customer ID": "account_external_id",
        "Customer Name": "account",
        "Customer Email": "account_email",
        "Customer Description": None,
        "Plan": "plan",
        "Product": "product",
        "Quantity": "quantity",
        "Currency": "currency",
        "Interval": "interval",
        "Interval Count": "interval_count",
        "Amount": "amount",
        "Status": "status",
        "Created (UTC)": "created_at",
        "Start (UTC)": "starts_on",
        "Start Date (UTC)": "starts_on",
        "Trial Start (UTC)": "trial_starts_on",
        "Trial End (UTC)": "trial_ends_on",
        "Canceled At (UTC)": "cancelled_on",
        "Cancel At Period End": "cancels_at_period_end",
        "Ended At (UTC)": "ends_on",
        "Coupon": "discount",
        "Tax Percent": "tax_percent",
        "Current Period Start (UTC)": "period_starts_on",
        "Current Period End (UTC)": "period_ends_on",
        "Application Fee Percent": None,
    },
)
PRESETS = (HUBSPOT_COMPANIES, HUBSPOT_CONTACTS, HUBSPOT_DEALS, STRIPE_SUBSCRIPTIONS, STRIPE_CUSTOMERS)

# The internal names of HubSpot's properties, for exports made with "property names" instead of labels.
HUBSPOT_INTERNAL_NAMES = {
    "hs_object_id": "Record ID",
    "name": "Company name",
    "domain": "Company Domain Name",
    "website": "Website URL",
    "phone": "Phone Number",
    "industry": "Industry",
    "numberofemployees": "Number of Employees",
    "annualrevenue": "Annual Revenue",
    "country": "Country/Region",
    "city": "City",
    "lifecyclestage": "Lifecycle Stage",
    "hs_lead_status": "Lead Status",
    "createdate": "Create Date",
    "firstname": "First Name",
    "lastname": "Last Name",
    "email": "Email",
    "jobtitle": "Job Title",
    "associatedcompanyid": "Primary Associated Company ID",
    "company": "Company Name",
    "dealname": "Deal Name",
    "dealstage": "Deal Stage",
    "pipeline": "Pipeline",
    "amount": "Amount",
    "deal_currency_code": "Currency",
    "closedate": "Close Date",
    "dealtype": "Deal Type",
    "closed_lost_reason": "Closed Lost Reason",
    "closed_won_reason": "Closed Won Reason",
}


def find_preset(header: Iterable[str]) -> Preset | None:
    """The export that the header is of: all of its signature is there; of several the one that knows most columns."""
    keys = {_key(name) for name in header}
    known = [preset for preset in PRESETS if all(_key(name) in keys for name in preset.signature)]
    return max(known, key=lambda preset: sum(_key(name) in keys for name in preset.columns), default=None)


def preset_fields(preset: Preset, header: Iterable[str]) -> dict[str, str | None]:
    """For each column of the header that the preset knows, its field, or None where it is to be left out."""
    fields = {_key(name): field for name, field in preset.columns.items()}
    return {name: fields[_key(name)] for name in header if _key(name) in fields}


def _key(name: str) -> str:
    return folded(HUBSPOT_INTERNAL_NAMES.get(name, name)).strip()
