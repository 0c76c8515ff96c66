/** The file beside the data of a run that says what one would otherwise type. */
export const RUN_CONFIG_NAME = "postrun.yaml";
