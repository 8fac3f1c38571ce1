"""What each page and its API answer show: figures computed from the queries by the functions in domain/, not yet written out."""
