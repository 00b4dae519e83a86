"""Messages joined by script and by identifier: values and algorithms, no database yet."""
