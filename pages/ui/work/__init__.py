"""The way to finished analyses: jobs, their progress, and what is kept of them."""
