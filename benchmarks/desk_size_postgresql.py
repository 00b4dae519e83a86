"""The same desk as `desk_size.py`, on a real PostgreSQL."""

from desk_size import main

if __name__ == "__main__":
    main("PostgreSQL")
