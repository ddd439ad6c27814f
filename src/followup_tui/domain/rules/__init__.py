"""The playbook's rules: what to do next, when, and what not to do."""
