"""The controls: rules that hold the papers against their own figures and find what differs."""
