"""Other people's files: read, understood and written again, with flat memory and without a guess that nobody sees.

Where to look: `table.open_table` opens a file and decides its dialect; `profiling.profile` says what each column holds;
`parsers.parser_for` turns cells into exact values; `nearest.nearest_values` and `mapping.suggest_mapping` suggest;
`writing` exports; `mending.write_errors_file` gives back what could not be loaded. Nothing here knows a record type.
"""
