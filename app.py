"""Dateline's server: the early page, its files and pictures, then Streamlit, which joins it.

Start it with `streamlit run app.py`.
"""

import streamlit as st

from server import routes

app = st.App(
    "ui/dashboard.py",
    routes=routes.routes(),
    middleware=routes.middleware(),
    lifespan=routes.lifespan,
)
