"""Words that stand for nothing, for yes and no, for months and for currencies, in the languages files come in."""

from __future__ import annotations

import re
import unicodedata

# Spellings that mean "not answered" wherever they stand.
NULL_WORDS = frozenset(
    (
        *(
            "N/A",
            "n/a",
            "#N/A",
            "#N/D",
            "N.A.",
            "n.a.",
            "NULL",
            "Null",
            "null",
            "(null)",
            "NaN",
            "nan",
            "#NULL!",
            "#VALUE!",
            "#REF!",
        ),
        *(
            "-",
            "--",
            "–",
            "—",
            "?",
            "\\N",
            "(empty)",
            "(blank)",
            "Select",
            "select",
            "-- Select --",
            "Seleccionar",
            "请选择",
            "未填",
            "（空）",
        ),
    )
)
# Spellings that mean it only in a column of numbers, dates or yes and no: in text they may be a value (Namibia, no plan).
WEAK_NULL_WORDS = frozenset(
    ("NA", "na", "None", "none", "NONE", "nil", "undefined", "unknown", "Unknown", "n/d", "N/D", "s/d", "无", "暂无")
)

TRUE_WORDS = frozenset(
    (
        "true",
        "yes",
        "y",
        "t",
        "on",
        "1",
        "1.0",
        "sí",
        "si",
        "s",
        "verdadero",
        "cierto",
        "是",
        "真",
        "有",
        "x",
        "✓",
        "oui",
        "ja",
        "sim",
        "igen",
    )
)
FALSE_WORDS = frozenset(
    ("false", "no", "n", "f", "off", "0", "0.0", "falso", "否", "假", "无", "没有", "✗", "non", "nein", "não", "nem")
)

_MONTHS = {
    1: "jan january ene enero januar janvier janv gennaio gen janeiro január styczeń sty leden janeiro 一月 1月",
    2: "feb february febrero februar février févr febbraio fevereiro fev február febr luty lut únor 二月 2月",
    3: "mar march marzo märz mär mrz mars março március márc marzec březen 三月 3月",
    4: "apr april abr abril avril avr aprile április ápr kwiecień kwi duben 四月 4月",
    5: "may mayo mai maggio mag maio május máj maj květen 五月 5月",
    6: "jun june junio juni juin giugno giu junho június jún czerwiec cze červen 六月 6月",
    7: "jul july julio juli juillet juil luglio lug julho július júl lipiec lip červenec 七月 7月",
    8: "aug august ago agosto août aout augusztus sierpień sie srpen 八月 8月",
    9: "sep sept september septiembre set setiembre septembre settembre setembro szeptember szept wrzesień wrz září 九月 9月",
    10: "oct october octubre okt oktober octobre ottobre ott outubro out október październik paź říjen 十月 10月",
    11: "nov november noviembre novembre novembro listopad lis 十一月 11月",
    12: "dec december dic diciembre dez dezember décembre déc dicembre dezembro grudzień gru prosinec 十二月 12月",
}


def folded(text: str) -> str:
    """The text without case, accents and compatibility forms, for comparing words."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(sign for sign in plain if not unicodedata.combining(sign)))


MONTHS = {folded(word): number for number, words in _MONTHS.items() for word in words.split()}

CURRENCY_SIGNS = {
    "€": "EUR", "£": "GBP", "¥": "JPY", "￥": "CNY", "元": "CNY", "円": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY",
    "₴": "UAH", "₪": "ILS", "฿": "THB", "₫": "VND", "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "R$": "BRL", "$": "USD", "US$": "USD",
    "A$": "AUD", "C$": "CAD", "CA$": "CAD", "HK$": "HKD", "NT$": "TWD", "S$": "SGD", "MX$": "MXN", "Fr.": "CHF", "RMB": "CNY",
}  # fmt: skip
CURRENCY_CODES = frozenset(
    [
        "AED",
        "ARS",
        "AUD",
        "BDT",
        "BGN",
        "BHD",
        "BRL",
        "CAD",
        "CHF",
        "CLP",
        "CNH",
        "CNY",
        "COP",
        "CRC",
        "CZK",
        "DKK",
        "DOP",
        "EGP",
        "EUR",
        "GBP",
        "GEL",
        "GHS",
        "HKD",
        "HRK",
        "HUF",
        "IDR",
        "ILS",
        "INR",
        "IQD",
        "ISK",
        "JOD",
        "JPY",
        "KES",
        "KRW",
        "KWD",
        "KZT",
        "LKR",
        "MAD",
        "MXN",
        "MYR",
        "NGN",
        "NOK",
        "NZD",
        "OMR",
        "PEN",
        "PHP",
        "PKR",
        "PLN",
        "QAR",
        "RON",
        "RSD",
        "RUB",
        "SAR",
        "SEK",
        "SGD",
        "THB",
        "TND",
        "TRY",
        "TWD",
        "TZS",
        "UAH",
        "UGX",
        "USD",
        "UYU",
        "VND",
        "XAF",
        "XOF",
        "ZAR",
    ]
)


def currency_of(token: str) -> str | None:
    """The ISO 4217 code of a sign or code beside an amount; None where it is neither."""
    token = token.strip()
    if token in CURRENCY_SIGNS:
        return CURRENCY_SIGNS[token]
    code = token.upper()
    return code if code in CURRENCY_CODES else None


_DATE_WORDS = re.compile(
    r"(?:^|[^a-z])(date|day|at|on|time|timestamp|created|updated|since|until|fecha|dia|hora|datum|data|nap)(?:[^a-z]|$)|日期|时间|日$"
)
_FLAG_WORDS = re.compile(r"(?:^|[^a-z])(is|has|flag|can|enabled|active|opt|es|tiene|churned|converted)(?:[^a-z]|$)|是否")


def names_a_date(header: str) -> bool:
    """Whether the column's name speaks of a day or an instant: `closed_at`, `Fecha de alta`, `签约日期`."""
    return bool(_DATE_WORDS.search(folded(header).replace("_", " ")))


def names_a_flag(header: str) -> bool:
    """Whether the column's name asks a yes-or-no question: `is_trial`, `churn_flag`, `是否续约`."""
    return bool(_FLAG_WORDS.search(folded(header).replace("_", " ")))
