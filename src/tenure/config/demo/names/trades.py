"""What a company of an industry calls itself, in its own tongue."""

from __future__ import annotations

_TABLE = """
facility      | de Gebäudeservice Hausmeisterdienste   | en Facilities Building_Services  | fr Maintenance Propreté      | es Mantenimientos Servicios_Integrales | nl Gebouwbeheer Facilitair | it Manutenzioni Servizi       | sv Fastighetsservice Drift | pl Serwis_Budynków Utrzymanie | zh 设施管理 物业服务
logistics     | de Logistik Spedition                  | en Logistics Freight             | fr Transports Logistique     | es Transportes Logística               | nl Logistiek Transport     | it Autotrasporti Logistica    | sv Logistik Åkeri          | pl Logistyka Transport        | zh 物流 供应链
manufacturing | de Maschinenbau Metallbau              | en Instruments Manufacturing     | fr Industrie Mécanique       | es Talleres Metalúrgica                | nl Machinebouw Techniek    | it Meccanica Officine         | sv Verkstad Industri       | pl Maszyny Metal              | zh 机械 精密制造
property      | de Immobilien Hausverwaltung           | en Property Estates              | fr Immobilier Gestion        | es Fincas Inmobiliaria                 | nl Vastgoed Beheer         | it Immobiliare Gestioni       | sv Fastigheter Förvaltning | pl Nieruchomości Zarządzanie  | zh 物业 置业
health        | de Kliniken Medizintechnik             | en Clinics Medical               | fr Cliniques Santé           | es Clínicas Salud                      | nl Zorg Klinieken          | it Cliniche Sanità            | sv Vård Kliniker           | pl Kliniki Medyczne           | zh 医疗 健康
hospitality   | de Hotels Gastronomie                  | en Hotels Catering               | fr Hôtels Restauration       | es Hoteles Catering                    | nl Hotels Horeca           | it Alberghi Ristorazione      | sv Hotell Restauranger     | pl Hotele Gastronomia         | zh 酒店 餐饮
energy        | de Energie Stadtwerke                  | en Energy Utilities              | fr Énergies Réseaux          | es Energía Aguas                       | nl Energie Netbeheer       | it Energia Reti               | sv Energi Elnät            | pl Energia Wodociągi          | zh 能源 水务
construction  | de Bau Haustechnik                     | en Construction Contractors      | fr Bâtiment Travaux          | es Construcciones Instalaciones        | nl Bouw Installaties       | it Costruzioni Impianti       | sv Bygg Installation       | pl Budownictwo Instalacje     | zh 建筑 工程
retail        | de Handel Baumärkte                    | en Retail Stores                 | fr Distribution Magasins     | es Comercial Almacenes                 | nl Winkels Handel          | it Distribuzione Magazzini    | sv Handel Butiker          | pl Handel Sklepy              | zh 商贸 零售
food          | de Lebensmittel Bäckereien             | en Foods Dairy                   | fr Alimentaire Fromageries   | es Alimentación Conservas              | nl Voeding Zuivel          | it Alimentari Dolciaria       | sv Livsmedel Mejeri        | pl Spożywcze Mleczarnia       | zh 食品 乳业
"""


def _read() -> dict[tuple[str, str], tuple[str, ...]]:
    trades = {}
    for line in _TABLE.strip().splitlines():
        industry, *tongues = (part.strip() for part in line.split("|"))
        for part in tongues:
            tongue, *words = part.split()
            trades[industry, tongue] = tuple(word.replace("_", " ") for word in words)
    return trades


TRADES = _read()
