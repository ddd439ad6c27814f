"""What is true about following up: values and rules, without files, clock, screen or SQL."""
