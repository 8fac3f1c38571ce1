"""The look of Tenure: tokens, components, the frame of every page."""
