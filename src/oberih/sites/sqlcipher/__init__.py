"""A Django database backend: SQLite, encrypted by SQLCipher with a raw key."""
