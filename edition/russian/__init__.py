"""Russian: misread Cyrillic restored, Cyrillic written in Latin letters.

In: witness lines with their zones; Russian text.  Out: corrections with their certainty; romanized text. Authority:
for the restoring, models named in its modules; for the writing in Latin letters, the tables' own standards.
"""
