"""The floor: a Streamlit page that says one word."""

import streamlit as st

st.write("hello")
