# What a new version of a policy changes.
