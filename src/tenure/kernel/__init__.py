"""The values every room speaks in: money, periods, anchors, ids, the clock and errors. Pure Python, no Django."""
