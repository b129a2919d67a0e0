"""Lessons on the page: their list, their steps, the teacher's notes, and the participant's sheet."""
