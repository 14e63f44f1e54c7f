"""From a name to points: providers, ranking, decisions, and the command `python -m geo.geocoding`."""
