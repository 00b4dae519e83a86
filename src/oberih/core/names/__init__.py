"""Keys under which one name in Ukrainian, Russian and Latin letters is one name.

    words      a cell's words: look-alike letters put right, apostrophes and accents unified
    sounds     a word's sound in three widths: strict, plain, frame
    given      classes of given names (Дмитро, Дмитрий, Dmytro, Діма)
    patronymics, surnames   the same without their endings
    person     the three parts of a person's name, put in their places

The keys are coarse on purpose: they find candidates and are compared by weight. They are never
shown to a person and never take part in the private look-up.
"""
