"""The train on its line, the compressed time axis, and the record as GeoJSON."""
