# What a check of a published text finds.
