"""What recipes share: questions, cells, the lines of a class, the terms of derivative securities."""
