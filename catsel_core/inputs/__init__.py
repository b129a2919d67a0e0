"""What is asked: word lists, sentences and texts, and the items (tokens and target) that they become."""
