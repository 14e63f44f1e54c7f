"""The domain: stories, places, time and itineraries.

Nothing in here knows of a screen: it runs in a notebook, in a test, in a command.
Import the module you need (`geo.story.record`, `geo.story.when`, `geo.journey.itinerary`, …).
"""
