"""Numbers over pairs of items, with numpy alone: similarities, the book's statistics, contrasts, RSA."""
