"""Where applications are kept: a light door for reading, and one for writing that is loaded when first used."""
