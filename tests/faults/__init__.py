"""What the tests of the store share: values to write, and programs to kill while they write."""
