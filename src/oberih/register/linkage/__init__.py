"""Which rows of two lists are one person: proposals with their reasons, never a decision.

    reading      a list (CSV in any of the usual encodings) as rows
    dates, places, units    the cells that are not names
    keys         a row as the columns that are compared
    model        the levels of comparison, the blocking rules and their trained weights
    duck, spark  the engines that find and weigh candidates
    assignment   marginals, when a row is at most one row of the other list
    surprise     how often strangers look alike in these very lists
    deciding     calibrated probabilities, ties, and the threshold when nobody names one
    asking       one new request against a whole list
    writing      links as CSV or JSON lines

Nothing plaintext is written but the links; the working tables live in memory only.
"""
