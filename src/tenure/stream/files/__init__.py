"""Files of events: usage that was recorded elsewhere, taken in as events, each once however often the file is loaded."""
