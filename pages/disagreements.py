"""They disagree: the questions on which the articles differ, version beside version."""

from ui import disagreements, stories
from ui.filters import selection_of_session
from ui.words import language_of_session

disagreements.question_list(stories.current(), language_of_session(), selection_of_session())
