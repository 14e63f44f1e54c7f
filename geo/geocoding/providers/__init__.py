"""Who is asked for a name: a story's own places, GeoNames on disk, Nominatim on the network."""
