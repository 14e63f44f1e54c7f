"""What readers read of a story, in one language; list, card and export take it from here."""
