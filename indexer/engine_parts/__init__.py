"""What engines are made of: numbers in columns, postings as arrays, queries in another tongue."""
