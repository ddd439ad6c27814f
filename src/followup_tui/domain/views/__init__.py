"""What is shown: board, cards, filters, review, explanations."""
