"""What the demo company calls the parts of its product, by language. Names of events are its engineers', in English everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProductWords:
    """Names of sources, features and meters, by their keys in load_product.py."""

    sources: Mapping[str, str]
    features: Mapping[str, str]
    meters: Mapping[str, str]
    units: Mapping[str, str]


PRODUCT_WORDS: Mapping[str, ProductWords] = {
    "en": ProductWords(
        {"server": "Lumen Desk server", "web": "Lumen Desk web app", "sandbox": "Developers' sandbox"},
        {"dispatch": "Dispatching", "orders": "Work orders", "reports": "Reports", "sms": "SMS to customers", "photos": "Photos"},
        {"orders": "Work orders", "sms": "SMS", "storage": "Photo storage", "sign_ins": "Sign-ins"},
        {"orders": "orders", "sms": "SMS", "storage": "MB", "sign_ins": "sign-ins"},
    ),
    "es": ProductWords(
        {"server": "Servidor de Lumen Desk", "web": "Aplicación web de Lumen Desk", "sandbox": "Pruebas de desarrollo"},
        {"dispatch": "Planificación", "orders": "Órdenes de trabajo", "reports": "Informes", "sms": "SMS a clientes", "photos": "Fotos"},
        {"orders": "Órdenes de trabajo", "sms": "SMS", "storage": "Almacenamiento de fotos", "sign_ins": "Inicios de sesión"},
        {"orders": "órdenes", "sms": "SMS", "storage": "MB", "sign_ins": "inicios"},
    ),
    "zh-hans": ProductWords(
        {"server": "Lumen Desk 服务器", "web": "Lumen Desk 网页端", "sandbox": "开发沙箱"},
        {"dispatch": "派工", "orders": "工单", "reports": "报表", "sms": "客户短信", "photos": "照片"},
        {"orders": "工单", "sms": "短信", "storage": "照片存储", "sign_ins": "登录次数"},
        {"orders": "单", "sms": "条", "storage": "MB", "sign_ins": "次"},
    ),
}  # fmt: skip
