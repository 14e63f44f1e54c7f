"""The Streamlit vocabulary that the pages share."""
