"""English and French: sentences, dates, and the words for the format's codes."""
