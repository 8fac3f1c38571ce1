"""Stored keys: what two spellings of the same company have in common.

Duplicates and search compare these by equality or prefix, which an index serves under row-level security (HOUSE rule 7).
"""

from __future__ import annotations

import functools
import re
import unicodedata
from urllib.parse import urlsplit

# Legal forms are no part of what a company is called. Longest first inside each language, matched as whole trailing words.
_LEGAL_FORMS = frozenset(
    [
        "ab",
        "ag",
        "aps",
        "as",
        "asa",
        "bv",
        "bvba",
        "co",
        "company",
        "corp",
        "corporation",
        "cv",
        "eg",
        "eirl",
        "ek",
        "ev",
        "gbr",
        "gmbh",
        "inc",
        "incorporated",
        "kft",
        "kg",
        "kgaa",
        "kk",
        "lda",
        "limited",
        "llc",
        "llp",
        "lp",
        "ltd",
        "ltda",
        "mbh",
        "nv",
        "ohg",
        "oy",
        "oyj",
        "plc",
        "pte",
        "pty",
        "pvt",
        "rt",
        "sa",
        "sab",
        "sac",
        "sae",
        "sapi",
        "sarl",
        "sas",
        "sau",
        "se",
        "sl",
        "slu",
        "snc",
        "sociedad",
        "spa",
        "sp",
        "srl",
        "sro",
        "ug",
        "zrt",
    ]
)
_CHINESE_FORMS = ("有限责任公司", "股份有限公司", "集团有限公司", "有限公司", "株式会社")
_DOTTED = re.compile(r"\b((?:\w\.)+\w?)", re.UNICODE)
_NOT_WORD = re.compile(r"[^\w]+", re.UNICODE)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
MAX_TOKENS = 12


@functools.lru_cache(maxsize=10_000)
def name_key(name: str) -> str:
    """The name without case, accents, punctuation and legal form: `Müller & Söhne GmbH` and `Muller und Sohne` differ only in words.

    Two names with the same key are the same company until somebody says otherwise. Empty only for an empty name.
    """
    words = _words(name)
    kept = list(words)
    while len(kept) > 1 and kept[-1] in _LEGAL_FORMS:
        kept.pop()
    key = " ".join(kept) or name.strip().casefold()
    for form in _CHINESE_FORMS:
        if key.endswith(form) and len(key) > len(form):
            return key.removesuffix(form).strip()
    return key


@functools.lru_cache(maxsize=10_000)
def tokens_of(key: str) -> tuple[str, ...]:
    """The words of a name key, by which it is found as one types; of Chinese text every ending, since it has no spaces."""
    tokens: dict[str, None] = {}
    for word in key.split():
        tokens[word] = None
        if _HAN.search(word):
            tokens |= {word[start:]: None for start in range(1, min(len(word), MAX_TOKENS))}
    return tuple(tokens)[:MAX_TOKENS]


# Most cells are a bare host already: no need to take an address apart.
_BARE_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.?")


def domain_key(text: str) -> str:
    """The registrable form of a web address or mail domain: `https://WWW.Hollis.example/de` -> `hollis.example`. Empty if none."""
    cleaned = text.strip().lower()
    if not cleaned:
        return ""
    if _BARE_HOST.fullmatch(cleaned):
        host = cleaned.strip(".").removeprefix("www.")
        return host if "." in host else ""
    if "@" in cleaned and "/" not in cleaned:
        cleaned = cleaned.rpartition("@")[2]
    try:
        host = urlsplit(cleaned if "//" in cleaned else f"//{cleaned}").hostname or ""
    except ValueError:
        return ""
    host = host.strip(".").removeprefix("www.")
    if not host.isascii():
        try:
            host = host.encode("idna").decode()
        except UnicodeError:
            return ""
    return host if "." in host else ""


def email_key(address: str) -> str:
    """The address by which a person is known: trimmed, without case, without `mailto:` or a name around it. Empty if none."""
    bare = address.strip().casefold().removeprefix("mailto:")
    if bare.endswith(">") and "<" in bare:
        bare = bare.rpartition("<")[2].removesuffix(">").strip()
    return bare if "@" in bare.strip("@") else ""


def _words(name: str) -> list[str]:
    if name.isascii():
        plain = name.lower()
    else:
        folded = unicodedata.normalize("NFKD", name.casefold())
        plain = "".join(character for character in folded if not unicodedata.combining(character))
    plain = _DOTTED.sub(lambda match: match[0].replace(".", ""), plain.replace("&", " and ") if "&" in plain else plain)
    return [word for word in _NOT_WORD.split(plain.replace("_", " ")) if word]
