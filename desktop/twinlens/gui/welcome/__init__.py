"""What is shown before there is a library: what to do first."""
