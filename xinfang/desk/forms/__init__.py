"""The shape of what officers type. Whether it may be done is asked of the verbs."""
