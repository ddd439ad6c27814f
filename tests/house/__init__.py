"""Tests of the code itself: its rules, its shape, and what a key press costs."""
