"""Money: whole minor units of one currency. Adding two currencies raises; a split loses no cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation
from fractions import Fraction

from tenure.kernel.errors import FieldProblem, Invalid
from tenure.kernel.rounding import Exact, as_fraction, half_up_integer

# ISO 4217:2015, list one: the currencies whose minor unit is not the hundredth.
_MINOR_DIGITS = {
    **dict.fromkeys(
        (
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ),
        0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}
_WIDE = Context(prec=400)


class CurrencyMismatch(Invalid):
    """Two amounts of different currencies met where only one currency makes sense."""

    code = "currency_mismatch"
    message = "{left} and {right} cannot be added or compared."


def minor_digits(currency: str) -> int:
    """How many decimals the currency has: 2 for EUR, 0 for JPY, 3 for KWD (ISO 4217)."""
    return _MINOR_DIGITS.get(currency, 2)


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount: `minor` whole minor units (cents) of `currency` (ISO 4217, capitals)."""

    minor: int
    currency: str

    @classmethod
    def of(cls, amount: str | int | Decimal, currency: str) -> Money:
        """The exact amount written in major units: Money.of("12.34", "EUR") is 1,234 cents.

        Raises Invalid where the text is no number or has more decimals than the currency.
        """
        try:
            minor = Decimal(amount).scaleb(minor_digits(currency), context=_WIDE)
            whole = int(minor)
        except (InvalidOperation, ValueError, OverflowError) as error:
            raise _not_an_amount(amount, currency) from error
        if whole != minor:
            raise _not_an_amount(amount, currency)
        return cls(whole, currency)

    @classmethod
    def rounded(cls, amount: Exact, currency: str) -> Money:
        """The amount nearest to an unrounded one in major units, half-up: the one place where money is rounded."""
        return cls(half_up_integer(as_fraction(amount) * 10 ** minor_digits(currency)), currency)

    @classmethod
    def zero(cls, currency: str) -> Money:
        """Nothing, in `currency`."""
        return cls(0, currency)

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __mul__(self, count: int) -> Money:
        if not isinstance(count, int):
            return NotImplemented
        return Money(self.minor * count, self.currency)

    __rmul__ = __mul__

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __abs__(self) -> Money:
        return Money(abs(self.minor), self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.minor >= self._same(other)

    def __str__(self) -> str:
        return f"{self.to_decimal()} {self.currency}"

    def to_decimal(self) -> Decimal:
        """The amount in major units with exactly the currency's decimals."""
        return Decimal(self.minor).scaleb(-minor_digits(self.currency), context=_WIDE)

    def scaled(self, factor: Exact) -> Money:
        """The amount times a rate or a share, rounded half-up once to whole minor units."""
        return Money(half_up_integer(self.minor * as_fraction(factor)), self.currency)

    def converted(self, rate: Exact, currency: str) -> Money:
        """The amount in another currency at `rate` (units of `currency` for one unit of this), rounded half-up once."""
        return Money.rounded(as_fraction(self.to_decimal()) * as_fraction(rate), currency)

    def split(self, weights: Sequence[Exact]) -> list[Money]:
        """Shares in proportion to `weights` that add up to exactly this amount, by largest remainder.

        Of equal remainders the earlier weight gets the odd cent. Raises Invalid for a negative weight or none above 0.
        """
        return [Money(share, self.currency) for share in split_minor(self.minor, weights)]

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise CurrencyMismatch(left=self.currency, right=other.currency)
        return other.minor


def split_minor(minor: int, weights: Sequence[Exact]) -> list[int]:
    """Whole minor units shared in proportion to `weights`, their sum unchanged (largest remainder, Hamilton)."""
    shares = [as_fraction(weight) for weight in weights]
    total = sum(shares, Fraction(0))
    if total <= 0 or min(shares) < 0:
        raise Invalid(errors=[FieldProblem("weights", "Weights must not be negative and not all zero.")])
    sign, amount = (-1, -minor) if minor < 0 else (1, minor)
    quotas = [amount * share / total for share in shares]
    parts = [quota.numerator // quota.denominator for quota in quotas]
    by_remainder = sorted(range(len(quotas)), key=lambda at: parts[at] - quotas[at])
    for at in by_remainder[: amount - sum(parts)]:
        parts[at] += 1
    return [sign * part for part in parts]


def _not_an_amount(amount: object, currency: str) -> Invalid:
    return Invalid(errors=[FieldProblem("amount", f"{amount!r} is not an exact amount in {currency}.")])
