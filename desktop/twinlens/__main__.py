"""``twinlens`` and ``python -m twinlens``."""

from twinlens.application import start


def main() -> None:
    """Run the command line, which opens the window where no command is given."""
    start()


if __name__ == "__main__":
    main()
