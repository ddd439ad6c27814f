"""Tests of letters, and the set that the proofreader is scored with."""
