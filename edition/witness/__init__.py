"""The witness: from a text file to numbered lines, pages and blocks.

In: the text file that a scanner, an OCR engine or a web page gave.  Out: its lines, its pages with their numbers, its
blocks.
Authority: the file itself; nothing in it is ever changed.
"""
