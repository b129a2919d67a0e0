"""The widgets with which a visitor chooses."""
