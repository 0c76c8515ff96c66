/** The generator of the simulator is the one that every seeded computation shares. */
export { createRandom, type Random } from "../model/statistics/random.js";
