"""Quotations in running text and the people whose words they are."""
