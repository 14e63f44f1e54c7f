"""A story as a folium map with a time player: in the app, in a notebook, or as one HTML file."""
