"""The gazetteer: names of areas and bodies in texts, and the authority files that they are read from."""

from __future__ import annotations

import itertools
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shanxi_kg.errors import OntologyError, UsageError
from shanxi_kg.gazetteer import KnownBody, Place, PlaceMention, load_gazetteer, read_gazetteer
from shanxi_kg.resources import folder
from shanxi_kg.turtle import parse_file

if TYPE_CHECKING:
    from pathlib import Path

GAZETTEER = load_gazetteer()
PLACES = tuple(GAZETTEER._places.values())
BODIES = tuple(GAZETTEER._bodies.values())
PLACE_NAMES = GAZETTEER._place_names
BODY_NAMES = GAZETTEER._body_names
CNIPA = "china-national-intellectual-property-administration"
HEADER = """
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sx: <https://w3id.org/shanxi-kg/ontology#> .
@prefix id: <https://w3id.org/shanxi-kg/id/> .
"""


def keys(text: str) -> list[tuple[str, ...]]:
    return [mention.keys for mention in GAZETTEER.places(text)]


def surfaces(text: str) -> list[str]:
    return [mention.surface for mention in GAZETTEER.places(text)]


def body_keys(text: str) -> list[str]:
    return [mention.key for mention in GAZETTEER.bodies(text)]


# What the authority file holds


def test_the_file_has_the_country_and_all_its_divisions_down_to_shanxis_counties():
    assert Counter(place.level for place in PLACES) == {"country": 1, "province": 34, "prefecture": 333, "county": 117}


def test_every_area_but_the_country_lies_in_an_area_one_level_up():
    levels = ["country", "province", "prefecture", "county"]
    steps = {(place.level, GAZETTEER.place(place.parent).level) for place in PLACES if place.parent}
    assert steps == set(zip(levels[1:], levels[:-1], strict=True))
    assert [place.key for place in PLACES if place.parent is None] == ["CN"]


def test_codes_below_the_province_begin_like_their_parents():
    assert all(place.key[:4] == place.parent[:4] for place in PLACES if place.level == "county")
    provinces = {place.parent: place.key[:2] for place in PLACES if place.level == "prefecture"}
    assert all(place.key[:2] == provinces[place.parent] for place in PLACES if place.level == "prefecture")


def test_shanxi_has_its_eleven_cities():
    names = [place.name for place in GAZETTEER.children("CN-SX")]
    assert names == (
        [
            "Taiyuan",
            "Datong",
            "Yangquan",
            "Changzhi",
            "Jincheng",
            "Shuozhou",
            "Jinzhong",
            "Yuncheng",
            "Xinzhou",
            "Linfen",
            "Lüliang",
        ]
    )


def test_an_area_is_a_value():
    assert GAZETTEER.place("140121") == Place("140121", "Qingxu", "清徐县", "county", "140100")


def test_a_body_is_a_value():
    assert GAZETTEER.body("taiyuan-customs") == KnownBody(
        "taiyuan-customs", "Taiyuan Customs", "太原海关", "general-administration-of-customs", "CN-SX"
    )


def test_every_body_that_has_a_parent_or_an_area_has_one_of_the_files():
    assert all(GAZETTEER.body(body.parent) for body in BODIES if body.parent)
    assert all(GAZETTEER.place(body.area) for body in BODIES if body.area)
    assert {body.key for body in BODIES if body.area is None} >= {"world-intellectual-property-organization"}


@pytest.mark.parametrize("name", ["places.ttl", "organizations.ttl"])
def test_the_authority_files_hold_each_triple_once(name: str):
    triples = parse_file(folder("ontology") / name)
    assert len(set(triples)) == len(triples)


def test_the_file_of_places_stays_small_enough_to_load_with_every_query():
    assert len(parse_file(folder("ontology") / "places.ttl")) < 8_000


def test_an_unknown_key_is_told_with_what_to_give():
    with pytest.raises(UsageError, match="'140999' is no key"):
        GAZETTEER.place("140999")
    with pytest.raises(UsageError, match="'nobody' is no key"):
        GAZETTEER.body("nobody")


@pytest.mark.parametrize(
    ("key", "ancestor", "expected"),
    [
        ("140121", "140100", True),
        ("140121", "CN-SX", True),
        ("140121", "CN", True),
        ("CN-SX", "CN-SX", True),
        ("CN-SX", "140100", False),
        ("140121", "CN-SN", False),
    ],
)
def test_an_area_lies_in_itself_and_in_all_above_it(key: str, ancestor: str, expected: bool):
    assert GAZETTEER.is_within(key, ancestor) is expected


# Areas in text


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.key)
def test_every_area_is_found_by_its_name_in_a_sentence(place: Place):
    text = f"Officials from {place.name} met on Tuesday."
    (mention,) = GAZETTEER.places(text)
    assert (mention.surface, place.key in mention.keys) == (place.name, True)


@pytest.mark.parametrize(
    "names",
    [("Shanxi", "Shaanxi"), ("Hunan", "Henan"), ("Hubei", "Hebei"), ("Jinan", "Jining"), ("Guangdong", "Guangxi")],
    ids="-".join,
)
def test_names_that_look_alike_stay_apart(names: tuple[str, str]):
    first, second = keys(f"{names[0]} and {names[1]} signed.")
    assert not set(first) & set(second)


def test_a_misspelt_name_is_no_name():
    assert keys("Shannxi, Shangxi and Hunnan") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Datong opened a hall.", [("140200",)]),
        ("Datong city opened a hall.", [("140200",)]),
        ("Datong county opened a hall.", [("140215",)]),
        ("Datong County opened a hall.", [("140215",)]),
        ("the county of Datong", [("140215",)]),
        ("Datong, Yanggao and Guangling counties", [("140215",), ("140221",), ("140223",)]),
        ("Yanggao and Datong counties", [("140221",), ("140215",)]),
        ("Datong and its counties", [("140200",)]),
        ("Taiyuan and surrounding counties", [("140100",)]),
        ("Taiyuan, the capital, and other cities", [("140100",)]),
        ("Taiyuan districts", [("140100",)]),
        ("Datong Hui and Tu autonomous county in Qinghai", [("CN-QH",)]),
        ("Changzhi county", [("140404",)]),
        ("Xinjiang county", [("140825",)]),
        ("Xinjiang", [("CN-XJ",)]),
        ("Jilin province", [("CN-JL",)]),
        ("Jilin city", [("220200",)]),
        ("the city of Jilin", [("220200",)]),
        ("Hainan", [("CN-HI",)]),
        ("Hainan Tibetan autonomous prefecture", [("632500",)]),
        ("Linyi", [("371300", "140821")]),
        ("Linyi county", [("140821",)]),
        ("Pinglu district", [("140603",)]),
        ("Pinglu county", [("140829",)]),
        ("Chaoyang", [("211300",)]),
        ("Chaoyang district", []),
        ("Yangcheng county", [("140522",)]),
        ("Licheng district", []),
        ("Taigu district, formerly Taigu county", [("140703",), ("140703",)]),
        ("Taiyuan county", []),
        ("a Shanxi county", [("CN-SX",)]),
        ("the Shandong city of Qingdao", [("CN-SD",), ("370200",)]),
        ("Shanxi, Shaanxi and Inner Mongolia provinces", [("CN-SX",), ("CN-SN",), ("CN-NM",)]),
    ],
)
def test_the_type_word_beside_a_name_decides_which_area_it_is(text: str, expected: list[tuple[str, ...]]):
    assert keys(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Suzhou", ("320500", "341300")),
        ("Fuzhou", ("350100", "361000")),
        ("Taizhou", ("321200", "331000")),
        ("Yichun", ("360900", "230700")),
        ("Yulin", ("450900", "610800")),
    ],
)
def test_a_shared_name_gives_all_its_areas_the_largest_seat_first(text: str, expected: tuple[str, ...]):
    assert keys(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Suzhou, Anhui province", ("341300",)),
        ("Suzhou in Anhui", ("341300",)),
        ("Suzhou city, Anhui", ("341300",)),
        ("Suzhou, East China's Anhui province", ("341300",)),
        ("Suzhou, Jiangsu", ("320500",)),
        ("Suzhou, Shanghai", ("320500", "341300")),
    ],
)
def test_a_wider_area_after_a_shared_name_decides(text: str, expected: tuple[str, ...]):
    assert keys(text)[0] == expected


@pytest.mark.parametrize("text", ["Anhui's Suzhou", "Anhui province's Suzhou", "the Anhui city of Suzhou"])
def test_a_wider_area_before_a_shared_name_decides(text: str):
    assert keys(text) == [("CN-AH",), ("341300",)]


@pytest.mark.parametrize(
    ("surface", "key"),
    [
        ("Lüliang", "141100"),
        ("Lyuliang", "141100"),
        ("Lvliang", "141100"),
        ("Luliang", "141100"),
        (unicodedata.normalize("NFD", "Lüliang"), "141100"),
        ("Xi'an", "610100"),
        ("Xi’an", "610100"),
        ("Xi‘an", "610100"),
        ("Xian", "610100"),
        ("Ji’an", "360800"),
        ("Inner\N{NO-BREAK SPACE}Mongolia", "CN-NM"),
        ("Inner\nMongolia", "CN-NM"),
        ("Nei Mongol", "CN-NM"),
        ("Tibet", "CN-XZ"),
        ("Xizang", "CN-XZ"),
        ("Macao", "CN-MO"),
        ("Macau", "CN-MO"),
        ("Hong Kong", "CN-HK"),
        ("Xinjiang Uygur Autonomous Region", "CN-XJ"),
        ("Ningxia Hui autonomous region", "CN-NX"),
        ("Harbin", "230100"),
        ("Urumqi", "650100"),
        ("Ürümqi", "650100"),
        ("Lhasa", "540100"),
        ("Hohhot", "150100"),
        ("Kashgar", "653100"),
        ("Kashi", "653100"),
        ("TAIYUAN", "140100"),
        ("Ji county", "141028"),
        ("Ji County", "141028"),
        ("Jixian", "141028"),
        ("Hongtong", "141024"),
        ("Zhangzi", "140428"),
    ],
)
def test_one_area_is_found_under_each_of_its_spellings(surface: str, key: str):
    text = f"In {surface}, prices rose."
    assert GAZETTEER.places(text) == (PlaceMention(3, 3 + len(surface), surface, (key,)),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shanxi-based firms", ["Shanxi"]),
        ("Beijing-Tianjin-Hebei", ["Beijing", "Tianjin", "Hebei"]),
        ("Shanxi's and Xi’an’s", ["Shanxi", "Xi’an"]),
        ("China (Shanxi), 'Taiyuan'", ["China", "Shanxi", "Taiyuan"]),
        ("在Shanxi省", ["Shanxi"]),
        ("Shanxiang, NorthShanxi, Shanxi2 and Shanxi_news", []),
        ("Hainanese Chinatown", []),
        ("O'China and China'll", []),
    ],
)
def test_a_name_is_found_as_a_whole_word_only(text: str, expected: list[str]):
    assert surfaces(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ji, Gu, Xia, Dai and Ying",
        "a Jingle",
        "the Fangshan",
        "shanxi",
        "Ali said",
    ],
)
def test_short_and_ambiguous_names_are_no_names_by_themselves(text: str):
    assert surfaces(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Nanjing Road",
        "Qinghai Lake",
        "Mount Huangshan",
        "the South China Sea",
        "China Daily",
        "Northwest China",
        "northern China",
    ],
)
def test_a_name_inside_another_name_is_no_area(text: str):
    assert surfaces(text) == []


def test_the_region_before_a_province_is_passed_over():
    assert surfaces("in North China's Shanxi province") == ["Shanxi"]


SPAN_NAMES = sorted(name for name, found in PLACE_NAMES.items() if found)


@given(before=st.text(max_size=12), name=st.sampled_from(SPAN_NAMES), after=st.text(max_size=12))
@example(before="😀山西 ", name="Shanxi", after=" 😀")
@example(before="e\N{COMBINING ACUTE ACCENT}", name="Shanxi", after="")
def test_offsets_count_code_points_whatever_stands_around(before: str, name: str, after: str):
    text = before + name + after
    for mention in (*GAZETTEER.places(text), *GAZETTEER.bodies(text)):
        assert text[mention.start : mention.end] == mention.surface


@given(before=st.sampled_from(["", "。", "😀 ", "太原", '("', "-"]), name=st.sampled_from(SPAN_NAMES))
def test_every_name_is_found_between_signs_that_are_no_letters(before: str, name: str):
    (mention,) = GAZETTEER.places(f"{before}{name}!")
    assert (mention.start, mention.surface) == (len(before), name)


@given(name=st.sampled_from(SPAN_NAMES), letters=st.from_regex(r"[a-z0-9]{1,4}", fullmatch=True))
def test_no_name_is_found_inside_a_word(name: str, letters: str):
    assert all(mention.end <= len(name) - 1 for mention in GAZETTEER.places(name + letters))
    assert all(mention.start > len(letters) for mention in GAZETTEER.places(letters + name))


@given(names=st.lists(st.sampled_from(SPAN_NAMES), max_size=6))
def test_mentions_are_in_order_and_never_overlap(names: list[str]):
    found = GAZETTEER.places("; ".join(names))
    assert [mention.surface for mention in found] == names
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))


# One written name


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Shanxi", "CN-SX"),
        ("shanxi", "CN-SX"),
        ("Shanxi province", "CN-SX"),
        ("North China's Shanxi Province", "CN-SX"),
        ("China's Shanxi", "CN-SX"),
        ("Shaanxi's", "CN-SN"),
        ("山西省", "CN-SX"),
        ("CN-SX", "CN-SX"),
        ("140100", "140100"),
        ("Ningxia Hui autonomous region", "CN-NX"),
        ("Ningxia Hui", "CN-NX"),
        ("Ningxia region", "CN-NX"),
        ("the Guangxi Zhuang Autonomous Region", "CN-GX"),
        ("Macau SAR", "CN-MO"),
        ("Hong Kong Special Administrative Region", "CN-HK"),
        ("Yanbian Korean autonomous prefecture", "222400"),
        ("Datong", "140200"),
        ("Datong city", "140200"),
        ("Datong county", "140215"),
        ("Xi’an city", "610100"),
        ("Jilin city", "220200"),
        ("Jilin", "CN-JL"),
        ("Xinjiang county", "140825"),
        ("Suzhou", "320500"),
        ("Suzhou, Anhui", "341300"),
        ("Suzhou in Anhui province", "341300"),
        ("Wuxiang County in Changzhi", "140429"),
        ("Linyi county", "140821"),
        ("Shanxi county", None),
        ("Taiyuan, Shaanxi", None),
        ("North China", None),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_a_written_name_is_resolved_to_the_area_it_stands_for(name: str, key: str | None):
    assert GAZETTEER.resolve_area(name) == key


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.key)
def test_every_area_is_resolved_from_its_name_within_its_parent(place: Place):
    parent = GAZETTEER.place(place.parent).name if place.parent else ""
    assert GAZETTEER.resolve_area(f"{place.name}, {parent}") == place.key


@given(st.text(max_size=30))
def test_any_text_can_be_asked_for(name: str):
    key = GAZETTEER.resolve_area(name)
    assert key is None or GAZETTEER.place(key)


# Bodies in text


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.key)
def test_every_body_is_found_by_its_name_in_a_sentence(body: KnownBody):
    assert [(mention.surface, mention.key) for mention in GAZETTEER.bodies(f"The {body.name} said so.")] == [
        (body.name, body.key)
    ]


@pytest.mark.parametrize(
    ("names", "key"),
    [
        (
            [
                "China National Intellectual Property Administration",
                "CNIPA",
                "State Intellectual Property Office",
                "SIPO",
                "National Intellectual Property Administration",
            ],
            CNIPA,
        ),
        (
            [
                "Shanxi Department of Ecology and Environment",
                "Shanxi Provincial Department of Ecology and Environment",
                "Department of Ecology and Environment of Shanxi Province",
                "Shanxi Department of Ecology & Environment",
            ],
            "shanxi-provincial-department-of-ecology-and-environment",
        ),
        (
            ["Shanxi IP Administration", "Shanxi Intellectual Property Office", "Shanxi Provincial IP Bureau"],
            "shanxi-provincial-intellectual-property-administration",
        ),
        (["Shanxi High People’s Court", "Shanxi Provincial High People's Court"], "shanxi-high-peoples-court"),
        (
            ["Ministry of Ecology and Environment", "MEE", "Ministry of Environmental Protection"],
            "ministry-of-ecology-and-environment",
        ),
        (["Shanxi Provincial Government", "Shanxi provincial government"], "shanxi-provincial-peoples-government"),
        (["Taiyuan Municipal Government", "Taiyuan city government"], "taiyuan-municipal-peoples-government"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_one_body_under_many_names_is_one(names: list[str], key: str):
    assert [body_keys(f"It was said by the {name}.") for name in names] == [[key]] * len(names)


def test_a_body_that_was_merged_into_another_stays_itself():
    assert body_keys("the State Administration for Industry and Commerce") == [
        "state-administration-for-industry-and-commerce"
    ]


@pytest.mark.parametrize("text", ["CNIPAs", "XCNIPA", "cnipa", "THE MOST POPULAR", "Shaanxi IP Administration"])
def test_an_acronym_or_name_counts_only_as_it_is_written(text: str):
    assert body_keys(text) == []


def test_the_longest_name_wins_over_one_inside_it():
    assert body_keys("Shanxi University of Finance and Economics") == ["shanxi-university-of-finance-and-economics"]


@given(first=st.sampled_from(sorted(BODY_NAMES)), second=st.sampled_from(sorted(BODY_NAMES)))
def test_bodies_are_found_side_by_side(first: str, second: str):
    assert body_keys(f"{first}; {second}") == [BODY_NAMES[first], BODY_NAMES[second]]


def test_former_names_have_their_years():
    triples = parse_file(folder("ontology") / "organizations.ttl")
    name = f"https://w3id.org/shanxi-kg/id/name/{CNIPA}--sipo"
    facts = {
        triple.predicate.value.rpartition("/")[2]: triple.object.value
        for triple in triples
        if triple.subject.value == name
    }
    assert facts["temporal"] == "https://w3id.org/shanxi-kg/id/period/1998--2018"


# Broken files


def broken(tmp_path: Path, places: str, bodies: str) -> None:
    (tmp_path / "places.ttl").write_text(HEADER + places, encoding="utf-8")
    (tmp_path / "organizations.ttl").write_text(HEADER + bodies, encoding="utf-8")
    read_gazetteer(tmp_path / "places.ttl", tmp_path / "organizations.ttl")


LABELLED = 'skos:prefLabel "Shanxi"@en, "山西省"@zh'


@pytest.mark.parametrize(
    ("places", "bodies", "message"),
    [
        (f"<urn:a> sx:level <urn:level/galactic> ; {LABELLED} .", "", "'galactic' is no level"),
        ('<urn:a> sx:level <urn:level/county> ; skos:prefLabel "A"@en .', "", "English and Chinese"),
        (
            "",
            f"<urn:a> org:classification <urn:k> ; {LABELLED} . <urn:b> org:classification <urn:k> ; {LABELLED} .",
            "'Shanxi' is also one of 'urn:a'",
        ),
    ],
    ids=["unknown level", "no Chinese label", "two bodies of one name"],
)
def test_a_broken_authority_file_is_told_with_what_to_mend(tmp_path: Path, places: str, bodies: str, message: str):
    with pytest.raises(OntologyError, match=message):
        broken(tmp_path, places, bodies)
