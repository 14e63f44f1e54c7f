"""People: who is who in the story, as far as the articles say it, and the events that each is met in."""

from ui import people, stories
from ui.filters import selection_of_session
from ui.words import language_of_session

people.person_list(stories.current(), language_of_session(), selection_of_session())
