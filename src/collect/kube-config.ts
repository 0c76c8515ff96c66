/** The one file that loads @kubernetes/client-node: kubeconfig, contexts, certificates, tokens and credential plugins; nothing else of it is used. */
import type { RequestOptions } from "node:https";
import { KubeConfig } from "@kubernetes/client-node";
import { PostrunError } from "../model/errors.js";
import { suggestion } from "../model/nearest.js";
import type { ClusterOptions } from "./collect-types.js";

/** A cluster that requests can be sent to. */
export interface ClusterAccess {
  /** Without a slash at its end; may have a path. */
  readonly server: string;
  readonly context: string;
  /** Of the context; `default` where it names none. */
  readonly namespace: string;
  /** Agent and headers with what identifies us at this moment. Rejects where a credential plugin or a file fails. */
  requestOptions(): Promise<RequestOptions>;
  /**
   * Forgets every token, so that the next request reads or asks for a new one: of the same context, whichever is the current one by now. Where the
   * kubeconfig cannot be read, or the context is of another server by now, what was read before stays.
   */
  renew(): void;
}

/** Context that the client makes up, with a server on this machine, where it has found no configuration. */
const NOTHING_FOUND = "loaded-context";

/** Reads the kubeconfig. Throws a PostrunError (config, usage) where it cannot be read or has no such context. */
export function openCluster(options: Pick<ClusterOptions, "kubeconfig" | "context">): ClusterAccess {
  let config = load(options);
  const cluster = config.getCurrentCluster();
  const context = config.getContextObject(config.getCurrentContext());
  if (cluster === null || context === null) throw noContext(options, config);
  if (context.name === NOTHING_FOUND)
    throw new PostrunError(
      "config",
      "no kubeconfig: neither KUBECONFIG nor ~/.kube/config, and this is no Pod",
      "give one with --kubeconfig",
    );
  return {
    server: cluster.server.replace(/\/+$/, ""),
    context: context.name,
    namespace: context.namespace?.trim() || "default",
    async requestOptions() {
      const request: RequestOptions = { headers: {} };
      await config.applyToHTTPSOptions(request);
      return request;
    },
    renew() {
      config = loadAgain({ ...options, context: context.name }, cluster.server) ?? config;
    },
  };
}

/** Undefined where the context is not there any more as it was: somebody may be writing the file, and no other cluster's token may be sent to this one. */
function loadAgain(options: Pick<ClusterOptions, "kubeconfig" | "context">, server: string): KubeConfig | undefined {
  try {
    const config = load(options);
    return config.getCurrentCluster()?.server === server ? config : undefined;
  } catch (error) {
    if (error instanceof PostrunError) return undefined;
    throw error;
  }
}

function load({ kubeconfig, context }: Pick<ClusterOptions, "kubeconfig" | "context">): KubeConfig {
  const config = new KubeConfig();
  try {
    if (kubeconfig === undefined) config.loadFromDefault();
    else config.loadFromFile(kubeconfig);
  } catch (error) {
    throw new PostrunError(
      "config",
      `${kubeconfig ?? "the kubeconfig"}: cannot be read (${firstLine(error)})`,
      "give another one with --kubeconfig, or set KUBECONFIG",
    );
  }
  if (context !== undefined) config.setCurrentContext(context);
  config.clusters = config.clusters.map((cluster) =>
    // `kubectl proxy` and test servers speak plain HTTP, which the client takes only where TLS is not to be checked.
    cluster.server.startsWith("http:") ? { ...cluster, skipTLSVerify: true } : cluster,
  );
  for (const user of config.users) tellPlugin(user.exec);
  return config;
}

/** The parser quotes the file below its message. */
function firstLine(error: unknown): string {
  const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return line.trim().replace(/:$/, "");
}

interface CredentialPlugin {
  readonly apiVersion?: string;
  env?: readonly { readonly name: string; readonly value: string }[] | null;
}

/** As client-go does: tells a credential plugin which version of its answer is expected, and that nobody is there to type. */
function tellPlugin(exec: CredentialPlugin | null | undefined): void {
  if (exec === undefined || exec === null) return;
  const info = { apiVersion: exec.apiVersion, kind: "ExecCredential", spec: { interactive: false } };
  exec.env = [...(exec.env ?? []), { name: "KUBERNETES_EXEC_INFO", value: JSON.stringify(info) }];
}

function noContext({ context, kubeconfig }: Pick<ClusterOptions, "kubeconfig" | "context">, config: KubeConfig): PostrunError {
  const names = config.getContexts().map(({ name }) => name);
  if (context === undefined || names.length === 0) {
    return new PostrunError(
      "config",
      `${kubeconfig ?? "the kubeconfig"}: has no ${names.length === 0 ? "context at all" : "current context"}`,
      "name one with --context, or give another --kubeconfig",
    );
  }
  return new PostrunError("usage", `the kubeconfig has no context ${context}`, suggestion(context, names));
}
