"""Other people's files: read, understood and written again, with flat memory and without a guess that nobody sees."""
