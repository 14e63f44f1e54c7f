"""The train's timetable and paces in words: when it was at its stops, how long and how fast it went."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final

from geo.journey.itinerary import Itinerary, Leg
from geo.journey.pace import Pace, pace
from geo.map import payload
from geo.story import Story
from geo.story.journeys import Window
from geo.story.when import parse_when
from geo.wording import vocabulary
from geo.wording.language import Language, offset_text, zone_of

_MINUTE: Final = timedelta(minutes=1)
_SLOW_KM_H: Final = 10
# A magnetic train of the Central Japan Railway, on its test track in 2015.
_RECORD_KM_H: Final = 603


def halts(story: Story, train: Itinerary, language: Language) -> list[tuple[str, str]]:
    """For each stop, between when and when the train arrived at it and left it, on the stop's own clock."""
    legs = train.legs
    arrivals = [
        language.text("followed from here on"),
        *(_window(leg.arrive, _zone(story, leg.to_place), language) for leg in legs),
    ]
    departures = [
        *(_window(leg.depart, _zone(story, leg.from_place), language) for leg in legs),
        language.text("followed as far as here"),
    ]
    return list(zip(arrivals, departures, strict=True))


def _zone(story: Story, place_id: str) -> str:
    return story.place_by_id[place_id].timezone


def _window(window: Window, zone: str, language: Language) -> str:
    """Between when and when, in whole minutes that leave out none of it; whole days are told as days."""
    clock = zone_of(zone)
    first = window.first.replace(second=0, microsecond=0).astimezone(clock)
    last = _whole_minutes(window.last).astimezone(clock)
    if last - first <= _MINUTE:
        text = first.isoformat()
    elif first.time() == last.time() == time():
        days = dict.fromkeys([str(first.date()), str(last.date() - timedelta(days=1))])
        text = "/".join(days)
    else:
        text = f"{first.isoformat()}/{last.isoformat()}"
    return language.when(parse_when(text, clock), clock)


def _whole_minutes(at: datetime) -> datetime:
    floor = at.replace(second=0, microsecond=0)
    return floor if floor == at else floor + _MINUTE


def pace_payloads(story: Story, train: Itinerary, own: Itinerary | None, language: Language) -> list[payload.Pace]:
    """How long and how fast, leg by leg and, where there are several, all the way.

    `own` is what the story takes for what happened, if the train is a version of it that was set aside: what the two
    have in common is not told twice.
    """
    told = set(own.legs) if own else set()
    legs = train.legs
    paces = [_of_leg(story, leg, language) for leg in legs if leg not in told]
    if len(legs) > 1:
        first, last = (story.place_by_id[place] for place in (legs[0].from_place, legs[-1].to_place))
        title = language.text(
            "All the way from {start} to {end}", start=language.named(first), end=language.named(last)
        )
        paces.append(_pace(story, title, "", legs, language))
    return paces


def _of_leg(story: Story, leg: Leg, language: Language) -> payload.Pace:
    ends = (language.of(story.place_by_id[place], "name") for place in (leg.from_place, leg.to_place))
    evidence = next(row.evidence for row in story.legs if row.leg_id == leg.leg_id)
    return _pace(story, " – ".join(ends), language.text(vocabulary.EVIDENCE[evidence]), [leg], language)


def _pace(story: Story, title: str, evidence: str, legs: Sequence[Leg], language: Language) -> payload.Pace:
    found = pace(legs)
    return payload.Pace(
        title=language.typeset(f"{title}, {language.number(found.km)} km"),
        evidence=evidence,
        bounds=[_longest(story, found, legs, language), _shortest(story, found, legs, language)],
    )


def _longest(story: Story, found: Pace, legs: Sequence[Leg], language: Language) -> payload.Bound:
    words = language.text(
        "At most {duration}: left on {departure}, arrived on {arrival}.",
        duration=_hours(found.longest),
        departure=_moment(story, found.depart.first, legs[0].from_place, language),
        arrival=_moment(story, found.arrive.last, legs[-1].to_place, language),
    )
    return payload.Bound(words=words, arithmetic=_arithmetic(found.km, found.longest, found.slowest, language))


def _shortest(story: Story, found: Pace, legs: Sequence[Leg], language: Language) -> payload.Bound:
    moments = {
        "departure": _moment(story, found.depart.last, legs[0].from_place, language),
        "arrival": _moment(story, found.arrive.first, legs[-1].to_place, language),
    }
    if found.fastest is None:
        words = language.text(
            "No shortest time follows from the reports: the latest departure that they allow, on {departure}, is "
            "not before the earliest arrival, on {arrival}.",
            **moments,
        )
    elif found.is_by_speed:
        words = language.text(
            "At least {duration}: so long take the stretches for which a greatest speed is given.",
            duration=_hours(found.shortest),
        )
    else:
        words = language.text(
            "At least {duration}: left on {departure}, arrived on {arrival}.",
            duration=_hours(found.shortest),
            **moments,
        )
    if found.fastest and found.fastest > _RECORD_KM_H:
        words += " " + language.text("No train has ever been that fast: the reports leave the time open.")
    return payload.Bound(words=words, arithmetic=_arithmetic(found.km, found.shortest, found.fastest, language))


def _moment(story: Story, at: datetime, place_id: str, language: Language) -> str:
    """A time to the minute on the clock of a place, with its offset: times on two clocks are subtracted here."""
    zone = zone_of(_zone(story, place_id))
    when = parse_when(_whole_minutes(at).astimezone(zone).isoformat(), zone)
    moment = language.text("{day}, {time}", day=language.short_when(when, zone), time=language.hours(when, zone))
    return f"{moment} ({offset_text(at, zone)})"


def _hours(duration: timedelta) -> str:
    """A length of time in hours, and minutes where it needs them, with the signs that all languages share."""
    hours, minutes = divmod(round(duration / _MINUTE), 60)
    parts = [f"{hours}\u00a0h"] if hours or not minutes else []
    return "\u00a0".join(parts + ([f"{minutes}\u00a0min"] if minutes else []))


def _arithmetic(km: float, duration: timedelta, speed: float | None, language: Language) -> str:
    """The kilometres by the hours; nothing where there is no speed."""
    if speed is None:
        return ""
    shown = language.number(speed, 0 if speed >= _SLOW_KM_H else 1)
    return f"{language.number(km)}\u00a0km ÷ {_hours(duration)} ≈ {shown}\u00a0km/h"
