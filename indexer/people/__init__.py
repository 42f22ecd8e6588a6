"""Who speaks: one person under many spellings, scripts and labels; found by what people type."""
