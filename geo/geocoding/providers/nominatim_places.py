"""What Nominatim answers with: places whose every field is checked and bounded, and candidates made of them."""

import json
import unicodedata
from typing import Annotated, Final, Literal

from geopy.exc import GeocoderParseError
from pydantic import AliasChoices, BaseModel, BeforeValidator, Field, TypeAdapter, ValidationError
from rapidfuzz import fuzz

from geo.geocoding.candidates import Candidate
from geo.story.names import fold

# No name of a place is longer; what is longer is not asked for, and cut where a server sends it.
LONGEST_TEXT: Final = 200
_MOST_NAMES: Final = 1000
_MOST_PLACES: Final = 100
_EMBEDDINGS: Final = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))


def plain(text: object) -> object:
    """A text without what draws nothing or redraws the rest, on one line, cut at 200 characters.

    Control characters, halves of characters and embeddings of another direction go. What is no text is left for
    validation; null is an empty text.
    """
    if text is None:
        return ""
    if not isinstance(text, str):
        return text
    # What is cut is cut twice, so that a text of a megabyte is not looked at letter by letter.
    words = " ".join(text[: 4 * LONGEST_TEXT].split())
    return "".join(letter for letter in words if _draws(letter))[:LONGEST_TEXT].strip()


def _draws(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cs") and unicodedata.bidirectional(letter) not in _EMBEDDINGS


def _number(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("should be a number")
    return value


def _mapping(value: object) -> object:
    # A server written in PHP sends an empty mapping as an empty list.
    return {} if value is None or value == [] else value


_Text = Annotated[str, BeforeValidator(plain)]
_Number = Annotated[float, BeforeValidator(_number), Field(allow_inf_nan=False)]


class _Address(BaseModel):
    country_code: _Text = ""
    admin1: _Text = Field("", validation_alias=AliasChoices("admin1", "ISO3166-2-lvl4"))


class Place(BaseModel):
    """What is kept of a place that Nominatim answers with, in its format ``json`` or ``jsonv2``.

    https://nominatim.org/release-docs/latest/api/Output/
    """

    lat: _Number = Field(ge=-90, le=90)
    lon: _Number = Field(ge=-180, le=180)
    osm_type: Literal["node", "way", "relation"] | None = None
    osm_id: int | None = None
    place_id: int | None = None
    name: _Text = ""
    display_name: _Text = ""
    category: _Text = Field("", validation_alias=AliasChoices("category", "class"))
    type: _Text = ""
    addresstype: _Text = ""
    place_rank: int = 30
    importance: _Number | None = None
    address: Annotated[_Address, BeforeValidator(_mapping)] = _Address.model_validate({})
    namedetails: Annotated[dict[_Text, _Text], BeforeValidator(_mapping), Field(max_length=_MOST_NAMES)] = {}

    @property
    def ref(self) -> str:
        """OpenStreetMap's id, ``node/123``; where a place has none, as a postcode, the server's own."""
        if self.osm_type and self.osm_id is not None:
            return f"{self.osm_type}/{self.osm_id}"
        return f"place/{self.place_id}" if self.place_id is not None else f"point/{self.lat},{self.lon}"


PLACES: Final = TypeAdapter(Annotated[list[Place], Field(max_length=_MOST_PLACES)])

# The kinds of the story format by Nominatim's types; a type that is not here is a site.
_KINDS: Final = {
    "country": "country",
    **dict.fromkeys(("continent", "state", "region", "province", "state_district", "county", "district"), "region"),
    **dict.fromkeys(("ocean", "sea", "bay", "strait", "river", "peninsula", "archipelago", "island"), "region"),
    **dict.fromkeys(("city", "municipality", "town", "village", "hamlet", "isolated_dwelling"), "settlement"),
    **dict.fromkeys(("borough", "city_district", "suburb", "quarter", "neighbourhood"), "settlement"),
    **dict.fromkeys(("locality", "postcode"), "settlement"),
}
# https://nominatim.org/release-docs/latest/customize/Ranking/
_COUNTRY_RANK: Final = 4
_COUNTY_RANK: Final = 12


def kind(place: Place) -> str:
    """The ``geo_precision`` of a place."""
    for word in (place.addresstype, place.type):
        if word in _KINDS:
            return _KINDS[word]
    # Servers older than 4.3 give no address type, and call every area "administrative".
    if place.category != "boundary":
        return "site"
    if place.place_rank <= _COUNTRY_RANK:
        return "country"
    return "region" if place.place_rank <= _COUNTY_RANK else "settlement"


def match(asked: str, place: Place) -> float:
    """How well the best of a place's names is the name asked for, or what stands before its comma; 0 to 1."""
    wanted = {fold(asked), fold(asked.partition(",")[0])}
    written = [place.name or place.display_name.partition(",")[0], *place.namedetails.values()]
    names = {fold(name) for one_or_more in written for name in one_or_more.split(";")}
    return max(fuzz.ratio(name, other) for name in wanted for other in names) / 100


def candidate(asked: str, place: Place) -> Candidate:
    """A place as a candidate for the name that was asked for."""
    country = place.address.country_code.upper()
    # The states of the United States have the same codes in ISO 3166-2 and GeoNames, others do not.
    admin1 = place.address.admin1.replace("US-", "US.", 1)
    return Candidate(
        provider="nominatim",
        ref=place.ref,
        name=place.name or place.display_name.partition(",")[0],
        kind=kind(place),
        country=country if len(country) == 2 and country.isascii() and country.isalpha() else "",
        lat=place.lat,
        lon=place.lon,
        importance=min(1.0, max(0.0, place.importance or 0.0)),
        match=match(asked, place),
        admin1=admin1,
    )


class BrokenOffError(GeocoderParseError):  # type: ignore[misc]  # geopy has no types
    """The answer starts as JSON and does not end as such: asked again, it may come whole."""


def places(body: bytes) -> list[Place]:
    """The places of an answer. Raises GeocoderParseError, with the fault, where it is no answer of Nominatim's."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as error:
        start = body.lstrip()[:1]
        if start in (b"", b"[", b"{") and not isinstance(error, RecursionError):
            raise BrokenOffError("its answer broke off before its end.") from error
        raise GeocoderParseError(f"its answer is no JSON; it starts with {plain(repr(body[:40]))}.") from error
    try:
        return PLACES.validate_python(answer)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(plain(str(step))) for step in fault["loc"])
        what = f"{where}: {fault['msg']}" if where else fault["msg"]
        raise GeocoderParseError(f"its answer is not of Nominatim's shape ({what}).") from error
