"""Personal names: their parts, spellings, scripts and aliases."""
