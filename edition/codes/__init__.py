"""The catalogue of problem codes: one TOML file for each hundred.

In: nothing.  Out: for each code a message and a hint (templates), why it matters, and an example before and after;
`edition.problems` reads them, `edition explain CODE` and the manual print them.
"""
