"""How the linkage's weights are made: invented people, noisy lists of them, and a fit.

`python -m oberih.register.training` writes `linkage/model.json` anew, the same bytes each time.
"""
