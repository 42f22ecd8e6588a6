"""What whoever runs a site asks of it: does it answer, how much, how fast, and what happened."""
