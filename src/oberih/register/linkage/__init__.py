"""Which rows of two lists are one person: proposals with their reasons, never a decision.

    reading      a list (CSV in any of the usual encodings) as rows
    dates, places, units    the cells that are not names
    keys         a row as the columns that are compared
    model        the levels of comparison, the blocking rules and their trained weights
    duck, spark  the engines that find and weigh candidates
    deciding     calibrated probabilities, one to one, with ties
    asking       one new request against a whole list
    writing      links as CSV or JSON lines

Nothing plaintext is written but the links; the working tables live in memory only.
"""
