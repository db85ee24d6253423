"""One command a file. A command reads its options, asks, and shows; what it needs it imports when it runs."""
