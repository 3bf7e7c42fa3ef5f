"""`python -m lautta <command>`: the one door to every management command."""

from lautta.config.cli import main

if __name__ == "__main__":
    main()
