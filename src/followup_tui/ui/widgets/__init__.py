"""The pieces screens are made of; they receive values and post ids, and know no tracker."""
