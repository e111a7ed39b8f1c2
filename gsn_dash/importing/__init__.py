"""From the bytes of a file to a batch that is kept: the same for the page and the command."""
