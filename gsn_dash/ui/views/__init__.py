"""What each page shows, block by block; the files in pages/ only put them in order."""
