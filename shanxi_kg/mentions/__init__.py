"""Who and what a sentence names: places, public bodies and persons, each with its offsets.

`read(document)` gives the document as the extraction rules see it: parsed sentences, each with its mentions, dates and
quantities. The same body under several names in one document is one, called by its longest name.
"""

from __future__ import annotations

from shanxi_kg.mentions.model import BodyMention, PersonMention, PlaceName, Reading, ReadSentence
from shanxi_kg.mentions.reading import read

__all__ = ["BodyMention", "PersonMention", "PlaceName", "ReadSentence", "Reading", "read"]
