// Everything that seals, opens and verifies, as one file that every page fetches.

export { listedAlerts } from "./alertlist";
export { missingWarnings, verifyWarning } from "./alertnote";
export { open } from "./conversation";
export { prepare } from "./delivery";
export { realAlert } from "./alertcode";
export { identifiersIn, lookUp } from "./lookup";
export { fetchNumbers, verifyNumbers } from "./numbers";
export { newerRules } from "./rulesfile";
export { fetchWatchList, withWhole } from "./watchlistfile";
export { rehearse } from "./voprf";
