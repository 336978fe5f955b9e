"""The pages people look at: one module for each, and what all of them share."""
