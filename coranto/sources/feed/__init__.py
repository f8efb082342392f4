"""Inside the feed reader: values, names, dates, texts, people, and one reader for each family of formats."""
