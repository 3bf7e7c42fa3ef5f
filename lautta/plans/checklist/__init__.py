"""What the law asks of the plan: rule sets as data, where each item is covered, and whom it binds."""
