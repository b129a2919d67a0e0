"""From a model's name to its folder on this computer; finding prepares nothing."""
