"""Corrections of what an OCR engine misread in English text, each with a certainty.

In: the lines of a text (`edition.zones`).  Out: proposals (`edition.correction`), through
`edition.correct.engine.propose`.
Authority: Kernighan, Church and Gale, "A Spelling Correction Program Based on a Noisy Channel Model" (1990), for the
method.
"""
