"""Who says it, since when it is known, and how firmly it stands."""
