# What a law pack says.
