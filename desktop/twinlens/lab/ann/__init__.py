"""Indexes measured: how long they take to build, what they hold, how quickly and how rightly they answer."""
