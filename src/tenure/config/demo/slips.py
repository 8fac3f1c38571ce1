"""What no real company is without: accounts and people entered twice, and churn that was reported and did not happen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tenure.config.demo.order import Order
from tenure.config.demo.rows import Account, Company, Person, ReportedChurn
from tenure.config.demo.words import Words

DOUBLE_ACCOUNTS = 0.012
DOUBLE_PEOPLE = 0.006
REPORTED = 0.94
FALSE_ALARMS = 0.05


def add_duplicates(order: Order, company: Company) -> None:
    """A few accounts again, as a form on the web brings them, and a few people with their address in other letters."""
    chance = order.chance("duplicates")
    count = max(2, round(len(company.accounts) * DOUBLE_ACCOUNTS))
    for place, account in enumerate(chance.sample([one for one in company.accounts if not one.parent], count), 1):
        company.accounts.append(_again(account, place))
    owned = {account.external_id for account in company.accounts}
    named = [one for one in company.people if one.account in owned and not one.is_main]
    for place, person in enumerate(chance.sample(named, max(2, round(len(company.people) * DOUBLE_PEOPLE))), 1):
        company.people.append(_person_again(person, place))


def _again(account: Account, place: int) -> Account:
    name = account.name.upper() if place % 2 else account.name.replace(" & ", " and ").replace(".", "")
    domain = f"www.{account.domain}" if place % 3 else ""
    return replace(
        account, external_id=f"W-{place:03}", name=name, domain=domain, parent="", segment="", seller="", success="", industry="", city="",
        employees=None, tags=(), description="",
    )  # fmt: skip


def _person_again(person: Person, place: int) -> Person:
    return replace(person, external_id=f"P-W{place:03}", email=person.email.title(), phone="", role="", persona="", title="")


def report_churn(order: Order, words: Words, company: Company) -> None:
    """What customer success wrote down about leaving: most of what happened, on about the right day, and a few false alarms."""
    chance = order.chance("reported")
    for subscription in company.subscriptions:
        number = subscription.external_id.replace("S", "R", 1)
        if subscription.end_reason in words.churn_reasons and subscription.cancelled_on is not None:
            if chance.happens(REPORTED):
                on = min(order.today, subscription.cancelled_on + timedelta(days=chance.pick((0, 0, 0, 1, 3, 7))))
                refund = subscription.items[-1].net_minor // 12 if subscription.interval == "year" and chance.happens(0.06) else 0
                company.reported_churn.append(
                    ReportedChurn(number, subscription.account, on, words.churn_reasons[subscription.end_reason], refund)
                )
        elif subscription.end_reason == "" and chance.happens(FALSE_ALARMS):
            span = (order.today - subscription.start_on).days
            on = subscription.start_on + timedelta(days=chance.whole(span // 3, max(span // 3, span - 10)))
            reason = words.churn_reasons[chance.pick(("price", "not_used", "support"))]
            company.reported_churn.append(ReportedChurn(number, subscription.account, on, reason, 0))
