"""The place for the people who run the site: one file a task, all of it open to owners alone."""
