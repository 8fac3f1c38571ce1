"""The words of the mock pages in three languages: Chinese is short and dense, Spanish a third longer."""

from __future__ import annotations

from typing import Any

ENGLISH: dict[str, Any] = {
    "nav": [
        "My day",
        "Bow-tie",
        "Accounts",
        "People",
        "Channels",
        "Leads",
        "Opportunities",
        "Subscriptions",
        "Revenue",
        "Health",
        "Renewals",
        "Imports",
        "Events",
    ],
    "groups": ["", "Customers", "Win", "Earn", "Keep", "Data"],
    "accounts": "Accounts",
    "import": "Import",
    "export": "Export",
    "add": "Account",
    "note": "Note",
    "call": "Log a call",
    "next": "Next step",
    "views": ["All", "My book", "Renewing in 90 days", "Health fell", "No contact in 30 days"],
    "columns": ["Account", "Segment", "Stage", "ARR", "Health", "Renews", "Owner"],
    "filters": ["Stage", "Segment", "Owner"],
    "any": "any",
    "filter": "Filter",
    "sorted": "Sorted by last change · 8 columns",
    "segments": ["Small", "Mid-market", "Enterprise"],
    "stages": ["Lead", "Qualified", "Opportunity", "Won", "Live", "Adopting", "Renewing", "Expanding", "Advocate"],
    "figures": ["ARR", "Health", "Seats used", "Renewal", "Champion"],
    "changes": ["40 % since start", "9 in four weeks", "notice date in 21 days"],
    "watch": "Watch",
    "of": "of 200",
    "days": "51 days",
    "contact": "last contact 19 days ago",
    "under": "hollis-logistics.example · Rotterdam · Logistics · 1,240 people",
    "tabs": ["Timeline", "People", "Money", "Usage", "Tickets", "Files"],
    "fell": "Health fell from 70 to 61",
    "why": "Route planner use −38 % (−7.1) · two tickets breached (−3.4) · sponsor call held (+1.5)",
    "paid": "Invoice 2026-0412 paid, € 21,000.00",
    "part": "Third instalment of contract C-118",
    "sections": ["Next", "What they want", "Team", "About"],
    "task": "Call Marit about price protection",
    "due": "due tomorrow · Renewal at six months",
    "want": "“Plan a day’s routes in under ten minutes.”",
    "from": "from 41 to 19 minutes, target 10",
    "roles": ["Success", "Seller", "Implementation"],
    "about": [
        ("Segment", "Mid-market"),
        ("Needs", "fewer empty kilometres · proof of delivery · ERP link"),
        ("Contract", "12 months, renews itself, uplift ≤ 3 %"),
    ],
    "choose": "Change owner",
    "delete": "Delete",
}

SPANISH = ENGLISH | {
    "nav": [
        "Mi jornada",
        "Pajarita",
        "Cuentas de clientes",
        "Personas",
        "Canales de captación",
        "Leads",
        "Oportunidades de venta",
        "Suscripciones activas",
        "Ingresos recurrentes",
        "Estado de salud",
        "Renovaciones",
        "Importaciones",
        "Eventos del producto",
    ],
    "groups": ["", "Clientes", "Captar", "Ingresar", "Conservar", "Datos"],
    "accounts": "Cuentas de clientes",
    "import": "Importar",
    "export": "Exportar selección",
    "add": "Nueva cuenta",
    "note": "Nota",
    "call": "Registrar una llamada",
    "next": "Próximo paso",
    "views": ["Todas", "Mi cartera", "Se renuevan en 90 días", "La salud ha empeorado", "Sin contacto en 30 días"],
    "columns": ["Cuenta", "Segmento de mercado", "Etapa actual", "ARR", "Salud", "Se renueva", "Responsable"],
    "filters": ["Etapa", "Segmento de mercado", "Responsable"],
    "any": "cualquiera",
    "filter": "Añadir filtro",
    "sorted": "Ordenado por último cambio · 8 columnas",
    "segments": ["Pequeña empresa", "Mediana empresa", "Gran empresa"],
    "stages": ["Lead", "Cualificado", "Oportunidad", "Ganado", "En producción", "Adopción", "Renovado", "Ampliado", "Embajador"],
    "figures": [
        "Ingresos anuales recurrentes",
        "Estado de salud",
        "Licencias utilizadas",
        "Próxima renovación",
        "Principal defensor",
    ],
    "changes": ["40 % desde el inicio", "9 en cuatro semanas", "fecha de preaviso en 21 días"],
    "watch": "En observación",
    "of": "de 200",
    "days": "51 días",
    "contact": "último contacto hace 19 días",
    "under": "hollis-logistics.example · Róterdam · Logística y transporte · 1240 personas",
    "tabs": ["Cronología", "Personas", "Dinero", "Utilización", "Incidencias", "Archivos"],
    "sections": ["A continuación", "Qué quieren conseguir", "Equipo responsable", "Acerca de la cuenta"],
    "roles": ["Éxito del cliente", "Comercial", "Implantación"],
    "choose": "Cambiar responsable",
    "delete": "Eliminar",
}

CHINESE = ENGLISH | {
    "nav": ["我的一天", "蝴蝶结", "客户", "联系人", "渠道", "线索", "商机", "订阅", "收入", "健康度", "续约", "导入", "事件"],
    "groups": ["", "客户", "赢得", "收入", "留存", "数据"],
    "accounts": "客户",
    "import": "导入",
    "export": "导出",
    "add": "新客户",
    "note": "备注",
    "call": "记录通话",
    "next": "下一步",
    "views": ["全部", "我的客户", "90 天内续约", "健康度下降", "30 天未联系"],
    "columns": ["客户", "细分市场", "阶段", "年度经常性收入", "健康度", "续约日", "负责人"],
    "filters": ["阶段", "细分市场", "负责人"],
    "any": "不限",
    "filter": "筛选",
    "sorted": "按最近变更排序 · 8 列",
    "segments": ["小型企业", "中型企业", "大型企业"],
    "stages": ["线索", "合格线索", "商机", "赢单", "上线", "活跃使用", "续约", "增购", "推荐"],
    "figures": ["年度经常性收入", "健康度", "已用席位", "续约", "关键支持者"],
    "changes": ["自签约以来 40 %", "四周内 9", "21 天后为通知期限"],
    "watch": "关注",
    "of": "共 200",
    "days": "51 天",
    "contact": "19 天前联系",
    "under": "hollis-logistics.example · 鹿特丹 · 物流 · 1,240 人",
    "tabs": ["时间线", "联系人", "款项", "用量", "工单", "文件"],
    "fell": "健康度从 70 降至 61",
    "why": "路线规划使用量 −38 %（−7.1）· 两个工单超时（−3.4）",
    "paid": "发票 2026-0412 已付款，€ 21,000.00",
    "part": "合同 C-118 第三期款",
    "sections": ["下一步", "客户目标", "团队", "关于"],
    "task": "致电 Marit 讨论价格保护",
    "due": "明天到期 · 半年续约",
    "want": "“十分钟内排好一天的路线。”",
    "from": "从 41 分钟降至 19 分钟，目标 10",
    "roles": ["客户成功", "销售", "实施"],
    "about": [
        ("细分市场", "中型企业"),
        ("需求", "减少空驶里程 · 签收凭证 · 对接 ERP"),
        ("合同", "12 个月，自动续约，涨幅 ≤ 3 %"),
    ],
    "choose": "更换负责人",
    "delete": "删除",
}

WORDS = {"en": ENGLISH, "es": SPANISH, "zh-hans": CHINESE}

ACCOUNTS = [
    ("Hollis Logistics", 1, 6, "sky", "€ 84,000", 61, "amber", "11 Jan", "Lena Koch"),
    ("青禾软件", 2, 5, "leaf", "€ 212,400", 88, "leaf", "3 Mar", "Yan Zhao"),
    ("Brightwater Clinics", 1, 3, "sky", "€ 36,000", 72, "leaf", "9 Oct", "Lena Koch"),
    ("Talleres Ibarra", 0, 4, "leaf", "€ 7,200", 41, "rose", "2 Dec", "Pia Mohr"),
    ("Norrland Energi", 2, 7, "leaf", "€ 318,000", 93, "leaf", "30 Jun", "Lena Koch"),
    ("Casa Oliva", 0, 6, "sky", "€ 4,800", 55, "amber", "28 Nov", "Pia Mohr"),
    ("Kestrel Freight", 1, 5, "leaf", "€ 58,800", 79, "leaf", "17 Apr", "Tom Okafor"),
    ("东方物流集团", 2, 2, "", "—", "", "", "—", "Yan Zhao"),
    ("Maple & Stone", 0, 8, "rose", "—", 18, "rose", "—", "Pia Mohr"),
    ("Vega Instruments and Measuring Apparatus of the North", 1, 4, "leaf", "€ 42,000", 67, "amber", "21 May", "Lena Koch"),
]


def page_words(lang: str) -> dict[str, Any]:
    """Give the words of one language with rows, stages and columns built from them."""
    words = WORDS[lang]
    columns = [
        {"label": label} | more
        for label, more in zip(
            words["columns"],
            [{"sort": "#", "sorted": "ascending"}, {}, {}, {"kind": "number"}, {"kind": "number"}, {"sort": "#"}, {}],
            strict=True,
        )
    ]
    rows = [
        {
            "name": name,
            "segment": words["segments"][segment],
            "stage": words["stages"][stage],
            "tone": tone,
            "arr": arr,
            "health": health,
            "health_tone": health_tone,
            "renews": renews,
            "owner": owner,
        }
        for name, segment, stage, tone, arr, health, health_tone, renews, owner in ACCOUNTS
    ]
    path = [
        {"label": label, "state": "past" if at < 6 else "here" if at == 6 else "ahead"}
        for at, label in enumerate(words["stages"])
    ]
    path[3]["note"], path[6]["note"] = "12 Jan 2025", "11 Jan"
    return {
        "words": words,
        "filters": [(label, f"chip-{at}") for at, label in enumerate(words["filters"], 1)],
        "columns": columns,
        "rows": rows,
        "path": path,
        "views": [{"label": label, "url": "#", "current": at == 0} for at, label in enumerate(words["views"])],
        "parts": [
            {"label": label, "url": "#", "current": at == 0, "count": {1: 14, 4: 3}.get(at)}
            for at, label in enumerate(words["tabs"])
        ],
    }


def translated(navigation: list[dict[str, Any]], lang: str) -> list[dict[str, Any]]:
    """Put one language's labels into the navigation."""
    labels = iter(WORDS[lang]["nav"])
    return [
        group | {"label": label, "items": [item | {"label": next(labels)} for item in group["items"]]}
        for group, label in zip(navigation, WORDS[lang]["groups"], strict=True)
    ]
