"""How each language writes dates where Django does it; config/settings.py names this package."""
