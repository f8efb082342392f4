"""Pages for people: views that ask the store and render; templates, drawings, wording, accounts. Speaks no SQL."""
