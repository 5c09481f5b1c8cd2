"""What holds for the whole tree: who may import whom, what the pages say, and that what is installed works."""
