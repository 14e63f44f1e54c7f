"""Status: a check before class, and how the server does."""

from ui import map_panel, preflight, status, stories
from ui.words import language_of_session

story = stories.current()
language = language_of_session()
files = map_panel.needed(story)
preflight.check_before_class(files, language)
status.server_status(story, language, files)
