"""What the app answers itself, before and beside Streamlit."""
