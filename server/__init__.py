"""What answers a browser before Streamlit does: the early page with the map, its files and pictures, and limits."""
