/** What a cross-check may hold a number of a line against: what was measured at that moment. */
export const QUANTITIES_AT_MOMENT = ["open-jobs", "all-open-jobs", "connected-investigations"] as const;
/** The same of the whole run. */
export const QUANTITIES_OF_RUN = ["peak-open-jobs", "peak-all-open-jobs", "peak-connected-investigations"] as const;
export type CrossCheckQuantity = (typeof QUANTITIES_AT_MOMENT)[number] | (typeof QUANTITIES_OF_RUN)[number];
