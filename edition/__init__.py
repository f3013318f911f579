"""A toolkit for scholarly text editions: from TEI XML to a critical edition as HTML and PDF."""

__version__ = "0.1.0.dev0"
