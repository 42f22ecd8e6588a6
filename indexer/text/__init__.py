"""Words, days, addresses, quotation marks and the ends of sentences: facts about text alone."""
