"""Countries of the demo company's customers: people, cities, and how a company there is called."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Country:
    """tongue: whose words companies use (trades.py) and people are written to in. stems: what companies are called after.

    pattern: {stem}, {trade}, {city} to a company's name. phone: a range kept for films, or none.
    """

    code: str
    tongue: str
    cities: tuple[str, ...]
    first: tuple[str, ...]
    last: tuple[str, ...]
    stems: tuple[str, ...]
    patterns: tuple[str, ...]
    phone: str = ""
    family_first: bool = False

    @property
    def speaks(self) -> str:
        """The language of Tenure that people there are written to in."""
        return {"es": "es", "zh": "zh-hans"}.get(self.tongue, "en")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ENGLISH_STEMS = _words(
    "Hollis Brightwater Kestrel Northgate Maple Fairfield Ashdown Harbour Redbrook Stonebridge Wexley Larkhill Oakfield Thornbury "
    "Silverdale Marlow Pemberton Calder Westmoor Ravenhill Beacon Summit Pinecrest Lakeshore Ironwood Cedarvale Granite Bluefield"
)
COUNTRIES: dict[str, Country] = {
    country.code: country
    for country in (
        Country(
            "DE",
            "de",
            _words("Berlin Hamburg München Köln Leipzig Stuttgart Bremen Nürnberg Dortmund Freiburg Kassel Rostock"),
            _words(
                "Anna Lukas Katrin Jonas Sabine Felix Miriam Tobias Heike Jan Petra Stefan Lena Markus Julia Dirk Nadine Uwe Franziska Björn"
            ),
            _words(
                "Brandt Krüger Albers Seidel Vogt Hartwig Reimann Lorenz Petersen Ziegler Böhm Engel Wendt Jansen Kessler Thiele Ott Haas"
            ),
            _words(
                "Albers Hartwig Brandt Elbtal Nordwind Seidel Wendt Rheingau Falken Thiele Isar Kronberg Lindner Vogt Hanse Spree Ostsee Zeller"
            ),
            ("{stem} {trade}", "{stem} {trade} GmbH", "{stem} & Söhne {trade}", "{trade} {stem}", "{stem} {trade} AG"),
            "+49 30 23125 {:03d}",
        ),
        Country(
            "GB",
            "en",
            _words("London Manchester Bristol Leeds Glasgow Cardiff Sheffield Reading York Norwich"),
            _words(
                "Olivia George Amelia Harry Priya James Charlotte Oliver Sophie Callum Grace Ewan Fatima Thomas Ruth Daniel Megan Rhys"
            ),
            _words(
                "Whitfield Barlow Hargreaves Okafor Sinclair Patel Doyle Mercer Langley Bevan Forsyth Ahmed Thornton Carver Moss Pritchard"
            ),
            _ENGLISH_STEMS,
            ("{stem} {trade}", "{stem} {trade} Ltd", "{stem} & Sons {trade}", "{stem} {trade} Group"),
            "+44 20 7946 0{:03d}",
        ),
        Country(
            "US",
            "en",
            ("Denver", "Columbus", "Austin", "Portland", "Milwaukee", "Raleigh", "Boise", "Tampa", "Omaha", "San Diego"),
            _words("Emily Marcus Jessica Tyler Hannah Andre Megan Brian Alicia Kevin Dana Luis Rachel Derek Monica Scott"),
            _words(
                "Delgado Hutchins Pratt Coleman Nguyen Sorensen Whitaker Reyes Lindqvist Bauer Castillo Holloway McKenna Drummond Vance"
            ),
            _ENGLISH_STEMS,
            ("{stem} {trade}", "{stem} {trade} Inc.", "{stem} {trade} Partners", "{stem} {trade} Co."),
            "+1 202 555 0{:03d}",
        ),
        Country(
            "FR",
            "fr",
            _words("Paris Lyon Nantes Lille Toulouse Bordeaux Rennes Strasbourg Dijon Grenoble"),
            _words("Camille Julien Claire Antoine Élodie Mathieu Sophie Nicolas Inès Thomas Aurélie Karim Léa Olivier"),
            _words(
                "Moreau Delattre Giraud Benali Carpentier Lefort Chauvin Marchand Rousselet Perrin Vasseur Guérin Besson Tissier"
            ),
            _words(
                "Moreau Delattre Belleville Carpentier Montclair Giraud Valmont Chauvin Armor Perrin Rivière Alpilles Besson Beaulieu"
            ),
            ("{trade} {stem}", "{stem} {trade}", "{stem} {trade} SAS", "Groupe {stem} {trade}"),
            "+33 1 99 00 1{:03d}",
        ),
        Country(
            "ES",
            "es",
            _words("Madrid Barcelona Valencia Sevilla Bilbao Zaragoza Málaga Vigo Murcia Valladolid"),
            _words("Lucía Javier Marta Pablo Carmen Álvaro Elena Sergio Nuria Iker Rocío Diego Pilar Adrián Laia Gonzalo"),
            _words(
                "Ibarra Navarro Castaño Ortega Belmonte Serrano Quintana Robles Arrieta Cifuentes Lozano Pascual Montero Echevarría Salas"
            ),
            _words(
                "Ibarra Oliva Montero Cantábrica Robles Alborada Quintana Levante Arrieta Miralles Guadiana Serrano Belmonte Teide Cierzo"
            ),
            ("{trade} {stem}", "{trade} {stem} S.L.", "{stem} {trade}", "Grupo {stem} {trade}", "{trade} {stem} e Hijos"),
        ),
        Country(
            "MX",
            "es",
            ("Monterrey", "Guadalajara", "Puebla", "Querétaro", "Mérida", "León", "Ciudad de México"),
            _words("Valeria Alejandro Ximena Rodrigo Daniela Emiliano Fernanda Mauricio Regina Arturo"),
            _words("Villarreal Zamora Cárdenas Treviño Escobedo Rangel Ávila Montemayor Solís Garza"),
            _words("Villarreal Zamora Bajío Cárdenas Anáhuac Treviño Solís Regia Montemayor Tolteca Jalapa"),
            ("{trade} {stem}", "{trade} {stem} S.A. de C.V.", "Grupo {stem} {trade}"),
        ),
        Country(
            "NL",
            "nl",
            ("Rotterdam", "Utrecht", "Eindhoven", "Groningen", "Tilburg", "Zwolle", "Den Haag"),
            _words("Sanne Bram Femke Joost Lotte Ruben Anouk Thijs Marieke Daan Iris Wouter"),
            ("Visser", "Dijkstra", "van Leeuwen", "Kuipers", "Hoekstra", "de Boer", "Veenstra", "Postma", "van Dam", "Brouwer"),
            _words("Kuipers Waterland Visser Hoekstra Noorder Veenstra Maasoever Postma Zuiderzee Brouwer Polder Dijkstra"),
            ("{stem} {trade}", "{stem} {trade} B.V.", "{trade} {stem}"),
            "+31 20 577 1{:03d}",
        ),
        Country(
            "IT",
            "it",
            _words("Milano Torino Bologna Verona Padova Genova Parma Bari Trieste"),
            _words("Giulia Matteo Chiara Lorenzo Francesca Davide Elisa Marco Silvia Andrea Valentina Paolo"),
            _words("Ferri Colombo Marchetti Bellini Gallo Sartori Fontana Rinaldi Moretti Vitale Bassi Donati"),
            _words("Ferri Marchetti Adriatica Sartori Lombarda Fontana Donati Alpina Bassi Tirrena Rinaldi"),
            ("{trade} {stem}", "{trade} {stem} S.r.l.", "{stem} {trade}", "{stem} e Figli {trade}"),
        ),
        Country(
            "SE",
            "sv",
            _words("Stockholm Göteborg Malmö Uppsala Umeå Linköping Luleå"),
            _words("Elin Oskar Maja Erik Linnea Gustav Karin Anders Ebba Henrik Sara Nils"),
            _words("Lindberg Norén Sandström Hedlund Åkesson Forsberg Wallin Ekdahl Nyström Bergqvist"),
            _words("Norrland Hedlund Skärgård Wallin Ekdahl Mälar Forsberg Bohus Lindberg Vättern"),
            ("{stem} {trade}", "{stem} {trade} AB", "{stem}s {trade}"),
        ),
        Country(
            "PL",
            "pl",
            _words("Warszawa Kraków Wrocław Poznań Gdańsk Łódź Lublin"),
            _words("Agnieszka Piotr Magdalena Tomasz Joanna Michał Karolina Paweł Ewa Marcin"),
            _words("Kowalczyk Zieliński Wrona Maj Sikora Duda Baran Wilk Kalinowska Zając"),
            _words("Wrona Sikora Bałtyk Baran Kalina Wisła Wilk Sudety Zieliński Mazury"),
            ("{stem} {trade}", "{stem} {trade} Sp. z o.o.", "{trade} {stem}"),
        ),
        Country(
            "CN",
            "zh",
            ("上海", "苏州", "杭州", "深圳", "广州", "成都", "武汉", "南京", "青岛", "宁波", "厦门", "西安", "长沙", "天津"),
            (
                "伟",
                "芳",
                "秀英",
                "敏",
                "静",
                "丽",
                "强",
                "磊",
                "洋",
                "艳",
                "勇",
                "军",
                "杰",
                "娟",
                "涛",
                "明",
                "超",
                "雪梅",
                "晓东",
                "佳怡",
                "子轩",
                "思远",
                "梦洁",
                "文博",
            ),
            (
                "王",
                "李",
                "张",
                "刘",
                "陈",
                "杨",
                "黄",
                "赵",
                "周",
                "吴",
                "徐",
                "孙",
                "胡",
                "朱",
                "高",
                "林",
                "何",
                "郭",
                "马",
                "罗",
            ),
            (
                "青禾",
                "东岳",
                "云帆",
                "瑞丰",
                "恒达",
                "新海",
                "金桥",
                "明泰",
                "华信",
                "启航",
                "远景",
                "安康",
                "宏图",
                "天润",
                "博雅",
                "锦程",
                "智联",
                "丰源",
                "盛和",
                "百川",
                "嘉禾",
                "中岳",
                "江南",
                "松林",
                "翠湖",
                "凌云",
                "正阳",
                "同德",
            ),
            ("{stem}{trade}", "{city}{stem}{trade}", "{stem}{trade}集团", "{city}{stem}{trade}有限公司", "{stem}{trade}股份"),
            family_first=True,
        ),
    )
}
_WEIGHTS = {
    "en": {"DE": 20, "GB": 19, "NL": 10, "FR": 9, "ES": 9, "US": 11, "SE": 6, "IT": 6, "PL": 4, "MX": 2, "CN": 4},
    "es": {"ES": 48, "MX": 24, "FR": 6, "IT": 5, "DE": 5, "GB": 4, "US": 4, "NL": 2, "CN": 2},
    "zh-hans": {"CN": 74, "US": 6, "DE": 6, "GB": 5, "FR": 3, "NL": 2, "SE": 2, "ES": 2},
}


def weights_for(language: str) -> dict[str, float]:
    """How often each country comes up in a company that speaks this language."""
    return dict(_WEIGHTS[language])
