import { errorCode, errorMessage, PostrunError } from "../model/errors.js";
import { ApiError } from "./api-get.js";
import type { Collection } from "./kind-list.js";
import type { ClusterAccess } from "./kube-config.js";
import { RESOURCES } from "./resources.js";

/** What Node says of certificates that it does not trust. */
const CERTIFICATE = /^(?:CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH)/;

/** Why a cluster cannot be watched, for people; `lasting`: trying again will not help. */
export function atStart(
  error: unknown,
  { kind, namespace }: Pick<Collection, "kind" | "namespace">,
  { server, context }: Pick<ClusterAccess, "server" | "context">,
): { readonly error: PostrunError; readonly lasting: boolean } {
  const message = errorMessage(error);
  const code = errorCode(error) ?? "";
  const status = error instanceof ApiError ? error.status : undefined;
  const where = namespace === "" ? "in all namespaces" : `in the namespace ${namespace}`;
  const what = `${RESOURCES[kind].plural} ${where}`;
  const problem = (text: string, hint: string) => new PostrunError("input", text, hint);
  if (status === 401)
    return { lasting: true, error: problem(`${server}: does not know who we are (${message})`, `log in again for the context ${context}`) };
  if (status === 403)
    return {
      lasting: true,
      error: problem(`may not list and watch ${what} (${message})`, "samples/capture/rbac.yaml has the rights it takes"),
    };
  if (status === 404)
    return { lasting: true, error: problem(`${server}: does not serve ${what} (${message})`, "is it the right cluster?") };
  if (CERTIFICATE.test(code))
    return {
      lasting: true,
      error: problem(`${server}: its certificate is not trusted (${message})`, "check certificate-authority in the kubeconfig"),
    };
  if (error instanceof SyntaxError)
    return {
      lasting: false,
      error: problem(
        `${server}: what it answered is no JSON (${message})`,
        "is it the address of an API server? a proxy may answer in its place",
      ),
    };
  if (status === undefined && code === "")
    return {
      lasting: /exec|token|credential|ENOENT/i.test(message),
      error: problem(`${server}: ${message}`, "check the kubeconfig and its credential plugin"),
    };
  return {
    lasting: false,
    error: problem(`${server}: cannot be reached (${message || code})`, "check the network and --context; kubectl version says more"),
  };
}
