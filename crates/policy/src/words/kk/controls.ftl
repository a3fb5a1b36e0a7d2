# What stands behind each clause.
