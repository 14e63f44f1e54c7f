"""The story's events by `bench.peers.timeline` in a Streamlit page."""

import streamlit as st
from streamlit_folium import st_folium

from bench import peers
from bench.synthetic import STORY_FOLDER, story_moments
from geo.story import load_story

peers.localise_by_environment()
moments = st.cache_resource(lambda: story_moments(load_story(STORY_FOLDER)))
st.title("Kim and Putin")
st_folium(peers.timeline(moments()), key="map", height=600, use_container_width=True)
