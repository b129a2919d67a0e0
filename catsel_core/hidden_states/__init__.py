"""From items to hidden states at their targets: the only room with torch."""
