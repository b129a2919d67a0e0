"""Lessons: folders of plain files, read and checked into frozen records; what they show, and what is answered."""
