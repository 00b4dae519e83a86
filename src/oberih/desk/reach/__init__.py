"""How far warnings come: who could be reached, what was delivered, how long it took."""
