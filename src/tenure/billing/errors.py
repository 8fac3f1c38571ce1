"""What the billing room refuses."""

from __future__ import annotations

from tenure.kernel.errors import Conflict, Invalid


class SubscriptionEndsBeforeItStarts(Invalid):
    """A subscription or item would end before it starts."""

    code = "subscription_ends_before_it_starts"
    message = "It ends on {ends}, before it starts on {starts}."


class AmountNegative(Invalid):
    """An item would have a negative amount or quantity."""

    code = "amount_negative"
    message = "Amounts and quantities cannot be negative."


class CurrencyUnknown(Invalid):
    """A currency is not written as three letters."""

    code = "currency_unknown"
    message = "“{currency}” is not a currency. Write it as three letters, such as EUR."


class SubscriptionEnded(Conflict):
    """What has ended cannot be ended or changed again from a later day on."""

    code = "subscription_ended"
    message = "This ended on {ends} already."


class ChangeOutsideItem(Conflict):
    """A change of terms must take effect while the item runs."""

    code = "change_outside_item"
    message = "The item does not run on {on}, so its terms cannot change from that day on."


class FirstItemStays(Conflict):
    """A subscription's first item goes with the subscription only."""

    code = "first_item_stays"
    message = "The first item of a subscription cannot be deleted. Delete the subscription, or end it."
