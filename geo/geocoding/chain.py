"""Several providers asked in their order, and what they propose for the names of a document ranked together."""

from collections.abc import Sequence

from geopy.distance import great_circle
from geopy.exc import GeopyError

from geo.geocoding.candidates import Answer, Candidate, Provider, Query
from geo.geocoding.ranking import rank_together, verdict


class Chain:
    """Several providers, asked in their order. What a story knows, it knows: no other provider is asked then."""

    def __init__(self, providers: Sequence[Provider]) -> None:
        """Ask these providers."""
        self._providers = providers

    def answers(self, queries: Sequence[Query]) -> list[Answer]:
        """An answer for each query, in their order; all are taken to be of one document."""
        proposed = [self._proposed(query) for query in queries]
        ranked = rank_together([found for found, _ in proposed])
        return [
            Answer(tuple(candidates), verdict(candidates), tuple(map(str, errors)))
            for candidates, (_, errors) in zip(ranked, proposed, strict=True)
        ]

    def _proposed(self, query: Query) -> tuple[list[Candidate], list[GeopyError]]:
        """What the providers propose, and the errors of those that cannot answer."""
        found: list[Candidate] = []
        errors: list[GeopyError] = []
        for provider in self._providers:
            try:
                found += _unless_known(provider.candidates(query), found)
            except GeopyError as error:
                errors.append(error)
            if found and provider.provider == "story":
                break
        return found, errors


def _unless_known(proposed: list[Candidate], known: list[Candidate]) -> list[Candidate]:
    """Leave out what another provider has already proposed: the same kind of place within five kilometres."""
    same_km = 5.0
    return [
        new
        for new in proposed
        if not any(
            new.kind == old.kind and great_circle(new.lat_lon, old.lat_lon).km < same_km
            for old in known
            if new.provider != old.provider
        )
    ]
