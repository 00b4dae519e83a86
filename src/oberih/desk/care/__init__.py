"""Care for the staff and for whoever complains: exposure, passing on, talks, complaints, kin."""
