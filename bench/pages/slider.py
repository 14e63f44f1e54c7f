"""The usual way to put time on a Streamlit map: a slider, and the layer of what has begun by then.

`?events=1000` asks for so many synthetic events.
"""

import streamlit as st
from streamlit_folium import st_folium

from bench import peers, synthetic

STEPS = 100

peers.localise_by_environment()
moments = st.cache_resource(synthetic.moments)(int(st.query_params.get("events", "10")))
step = st.slider("Time", 0, STEPS, STEPS // 10)
until = synthetic.between(step / STEPS)
begun = [moment for moment in moments if moment.at <= until]
st_folium(peers.plain([]), key="map", height=600, use_container_width=True, feature_group_to_add=peers.layer(begun))
st.caption(f"{len(begun)} events")
