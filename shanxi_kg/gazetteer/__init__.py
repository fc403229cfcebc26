"""The gazetteer: names of areas and known public bodies in English text, read from the authority files in ontology/.

Text goes in, mentions with their offsets come out; a name that several areas share gives all of them, likeliest first.
Names match whole, in their own spelling and case: nothing is fuzzy, so Shanxi is never Shaanxi. Names that the
authority files do not have, and words that stand for a name ('the province'), are not found here.
"""

from __future__ import annotations

from shanxi_kg.gazetteer.authority import load_gazetteer, read_gazetteer
from shanxi_kg.gazetteer.lookup import Gazetteer
from shanxi_kg.gazetteer.model import BodyMention, KnownBody, Place, PlaceMention

__all__ = ["BodyMention", "Gazetteer", "KnownBody", "Place", "PlaceMention", "load_gazetteer", "read_gazetteer"]
