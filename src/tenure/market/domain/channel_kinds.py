"""What kind of channel a name speaks of, in the words that exports use."""

from __future__ import annotations

from tenure.directory.domain.keys import name_key
from tenure.market.enums import ChannelKind

# Told from the most special to the least: `paid social` is no `social`.
_WORDS: tuple[tuple[ChannelKind, frozenset[str]], ...] = (
    (
        ChannelKind.PAID_SEARCH,
        frozenset({"paid search", "cpc", "ppc", "sem", "adwords", "google ads", "bing ads", "busqueda de pago", "付费搜索"}),
    ),
    (
        ChannelKind.ORGANIC_SEARCH,
        frozenset({"organic", "organic search", "seo", "natural search", "busqueda organica", "自然搜索"}),
    ),
    (
        ChannelKind.PAID_SOCIAL,
        frozenset({"paid social", "facebook ads", "linkedin ads", "social ads", "social de pago", "付费社交"}),
    ),
    (
        ChannelKind.SOCIAL,
        frozenset({"social", "social media", "organic social", "linkedin", "facebook", "twitter", "redes sociales", "社交媒体"}),
    ),
    (ChannelKind.DISPLAY, frozenset({"display", "banner", "banners", "展示广告"})),
    (ChannelKind.EMAIL, frozenset({"email", "e mail", "mail", "newsletter", "email marketing", "correo", "邮件"})),
    (
        ChannelKind.PARTNER,
        frozenset({"partner", "partners", "reseller", "affiliate", "affiliates", "socio", "socios", "合作伙伴"}),
    ),
    (ChannelKind.REFERRAL, frozenset({"referral", "referrals", "referencia", "referral sites", "推荐"})),
    (ChannelKind.EVENT, frozenset({"event", "events", "conference", "trade show", "webinar", "evento", "eventos", "活动"})),
    (ChannelKind.CONTENT, frozenset({"content", "blog", "content marketing", "contenido", "内容"})),
    (ChannelKind.OUTBOUND, frozenset({"outbound", "cold call", "cold calls", "cold email", "sdr", "prospeccion", "外呼"})),
    (ChannelKind.DIRECT, frozenset({"direct", "direct traffic", "directo", "直接访问"})),
)
_BY_NAME = {word: kind for kind, words in _WORDS for word in words}


def kind_of_name(name: str) -> ChannelKind:
    """The kind that goes by this name, whatever its case, accents and punctuation; other for a name that says nothing."""
    return _BY_NAME.get(name_key(name), ChannelKind.OTHER)
