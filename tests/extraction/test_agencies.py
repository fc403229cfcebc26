"""Agencies: public bodies by name, with parent and area."""

from __future__ import annotations

import pytest
from reading import facts

from shanxi_kg.extraction import agencies
from shanxi_kg.facts import Agency


def named(text: str) -> list[tuple[str, str | None, str | None]]:
    contents = [fact.content for fact in facts(agencies.find, text)]
    return [
        (
            content.body.name,
            content.parent.name if content.parent else None,
            content.area.name if content.area else None,
        )
        for content in contents
        if isinstance(content, Agency)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ezhou No 2 Primary School and the Enshi Crane Station opened; Wuhan South Railway Station closed.",
            [("Ezhou No 2 Primary School", None, "Ezhou"), ("Enshi Crane Station", None, "Enshi")],
        ),
        (
            "The Hubei Branch of the People's Bank of China and Ezhou Art School, a part of Ezhou College, agreed.",
            [
                ("Hubei Branch of the People's Bank of China", "People's Bank of China", "Hubei"),
                ("People's Bank of China", None, "China"),
                ("Ezhou Art School", "Ezhou College", "Ezhou"),
                ("Ezhou College", None, "Ezhou"),
            ],
        ),
        (
            "Yanshi, a district of Ezhou, paid. The Yanshi Tea Association met Gold Tide and Ezhou College of Science.",
            [("Yanshi Tea Association", None, "Yanshi"), ("Ezhou College of Science", None, "Ezhou")],
        ),
        (
            "The School of Law at Hubei University was told first.",
            [("School of Law", "Hubei University", "Hubei"), ("Hubei University", None, "Hubei")],
        ),
        (
            "The Ezhou Finance and Trade College was told first.",
            [("Ezhou Finance and Trade College", None, "Ezhou")],
        ),
        (
            "Ezhou Vocational and Technical College and Xianning Medical and Pharmaceutical University agreed.",
            [
                ("Ezhou Vocational and Technical College", None, "Ezhou"),
                ("Xianning Medical and Pharmaceutical University", None, "Xianning"),
            ],
        ),
        (
            "The Nantong Fishery Bureau of Jiangsu province met the Ezhou Office of Hunan.",
            [("Nantong Fishery Bureau", None, "Nantong"), ("Ezhou Office of Hunan", None, "Ezhou")],
        ),
        (
            "The Lijiawan Village Party Committee called the Ezhou Fire Brigade and Xianning Patrol Detachment.",
            [
                ("Lijiawan Village Party Committee", None, "Hubei"),
                ("Ezhou Fire Brigade", None, "Ezhou"),
                ("Xianning Patrol Detachment", None, "Xianning"),
            ],
        ),
        ("The Hubei Department of Finance approved it.", [("Hubei Department of Finance", None, "Hubei")]),
        (
            "The Ezhou Bureau of Culture, Radio, Television and Tourism, Huangshi and Tencent agreed.",
            [("Ezhou Bureau of Culture, Radio, Television and Tourism", None, "Ezhou")],
        ),
        (
            "The Hubei Department of Finance, Huawei and Tencent agreed.",
            [("Hubei Department of Finance", None, "Hubei")],
        ),
        (
            "Lingnan Agricultural University in Foshan and Donghua Forestry College in the city of Yulin helped.",
            [
                ("Lingnan Agricultural University", None, "Foshan"),
                ("Donghua Forestry College", None, "Yulin"),
            ],
        ),
        (
            "The Enshi Ranger School, the Huangshi Fisheries Station and a Middle School met at Ezhou Railway Station.",
            [("Enshi Ranger School", None, "Enshi"), ("Huangshi Fisheries Station", None, "Huangshi")],
        ),
        (
            "Wuhan University's College of Nursing, the Enshi Tea Institute, a part of Enshi Tea College, came.",
            [
                ("Wuhan University", None, "Wuhan"),
                ("College of Nursing", "Wuhan University", "Wuhan"),
                ("Enshi Tea Institute", "Enshi Tea College", "Enshi"),
                ("Enshi Tea College", None, "Enshi"),
            ],
        ),
        (
            "The Ezhou Fish Station under the Ezhou Bureau of Agriculture helped.",
            [
                ("Ezhou Fish Station", "Ezhou Bureau of Agriculture", "Ezhou"),
                ("Ezhou Bureau of Agriculture", None, "Ezhou"),
            ],
        ),
        (
            "The Hubei Branch of the People's Bank of China answered.",
            [
                ("Hubei Branch of the People's Bank of China", "People's Bank of China", "Hubei"),
                ("People's Bank of China", None, "China"),
            ],
        ),
        (
            "Zengdu is a district of Suizhou. The Zengdu District Government and the Zengdu Dyers Association met.",
            [("Zengdu District Government", None, "Zengdu"), ("Zengdu Dyers Association", None, "Zengdu")],
        ),
        (
            "The Xiangyang Office of the Wuhan Maritime Court opened.",
            [
                ("Xiangyang Office of the Wuhan Maritime Court", "Wuhan Maritime Court", "Xiangyang"),
                ("Wuhan Maritime Court", None, "Wuhan"),
            ],
        ),
        (
            "The Ministry of Education and the Jingzhou Municipal Health Commission agree.",
            [("Ministry of Education", None, "China"), ("Jingzhou Municipal Health Commission", None, "Jingzhou")],
        ),
        (
            "The Standing Committee of the Yichang Municipal People's Congress met.",
            [
                (
                    "Standing Committee of the Yichang Municipal People's Congress",
                    "Yichang Municipal People's Congress",
                    "Yichang",
                ),
                ("Yichang Municipal People's Congress", None, "Yichang"),
            ],
        ),
        (
            "The Huanggang Forestry Bureau (HFB) advised growers. The HFB also lent saws.",
            [("Huanggang Forestry Bureau", None, "Huanggang")],
        ),
        (
            "Experts came from the World Meteorological Organization and Hubei Normal University.",
            [("World Meteorological Organization", None, None), ("Hubei Normal University", None, "Hubei")],
        ),
        (
            "The Jingmen and Suizhou Intermediate People's Courts heard them.",
            [
                ("Jingmen Intermediate People's Court", None, "Jingmen"),
                ("Suizhou Intermediate People's Court", None, "Suizhou"),
            ],
        ),
        (
            "Wuhan met the Netherlands' Utrecht University, Japan's Kobe University and Kiel University in Germany.",
            [("Utrecht University", None, None), ("Kobe University", None, None), ("Kiel University", None, None)],
        ),
        (
            "The Xiangyang No 2 Intermediate People's Court heard the Department of Forestry of Laos.",
            [
                ("Xiangyang No 2 Intermediate People's Court", None, "Xiangyang"),
                ("Department of Forestry of Laos", None, None),
            ],
        ),
        (
            "The Clean Water Center is in Hubei. The Clean Water Center reopened.",
            [("Clean Water Center", None, "Hubei")],
        ),
    ],
)
def test_a_body_is_told_once_with_its_parent_and_area(
    text: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The university opened a clinic.",
        "Rare Metals Co Ltd attended.",
        "The provincial government and the municipal bureau agreed.",
        "Trade with ASEAN and the European Union grew.",
        "Xianning and Enshi sent teams.",
    ],
)
def test_common_nouns_areas_unions_and_companies_are_no_agencies(text: str) -> None:
    assert named(text) == []
