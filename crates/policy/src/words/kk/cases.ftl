# The operator's own cases.
