/** Variables of the usual CI systems, in order of preference, for each label. */
const CI_VARIABLES: Readonly<Record<string, readonly string[]>> = {
  build: ["GITHUB_RUN_NUMBER", "CI_PIPELINE_IID", "BUILD_BUILDNUMBER", "BUILD_NUMBER", "CIRCLE_BUILD_NUM"],
  branch: ["GITHUB_HEAD_REF", "GITHUB_REF_NAME", "CI_COMMIT_REF_NAME", "BUILD_SOURCEBRANCHNAME", "GIT_BRANCH", "CIRCLE_BRANCH"],
  commit: ["GITHUB_SHA", "CI_COMMIT_SHA", "BUILD_SOURCEVERSION", "GIT_COMMIT", "CIRCLE_SHA1"],
};

/** Build, branch and commit, where a CI system tells them. */
export function ciLabels(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [label, variables] of Object.entries(CI_VARIABLES)) {
    const value = variables.map((variable) => environment[variable]).find((text) => text !== undefined && text !== "");
    if (value !== undefined) labels[label] = label === "commit" ? value.slice(0, 12) : value;
  }
  return labels;
}
