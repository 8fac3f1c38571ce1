"""The tags by kind: marks in a line, whole pieces, blocks around content, form fields."""
