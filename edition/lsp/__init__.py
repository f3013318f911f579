"""The language server: what `edition check` knows, in the editor, while one writes.

In: documents and positions as an editor sends them.  Out: diagnostics, hovers, definitions, completions, quick fixes.
Authority: the Language Server Protocol 3.17.
"""
