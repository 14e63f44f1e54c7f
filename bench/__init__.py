"""Measurements beside the floor and the peers: `python -m bench`, or `make bench`. Nothing here is a test."""
