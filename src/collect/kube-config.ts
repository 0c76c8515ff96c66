/** The one file that loads @kubernetes/client-node: kubeconfig, contexts, certificates and tokens; nothing else of it is used. */

import { existsSync, readFileSync } from "node:fs";
import type { RequestOptions } from "node:https";
import { delimiter, dirname, join, resolve, sep } from "node:path";
import { findHomeDir, KubeConfig, type User } from "@kubernetes/client-node";
import { parse } from "yaml";
import { errorMessage, PostrunError } from "../model/errors.js";
import { isObject } from "../model/text/json-object.js";
import { suggestion } from "../model/text/nearest.js";
import type { ClusterOptions } from "./collect-types.js";
import { CredentialPlugin, type PluginConfig } from "./credential-plugin.js";

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

type Chosen = Pick<ClusterOptions, "kubeconfig" | "context">;

/**
 * Reads the kubeconfig. Throws a PostrunError (config, usage) where it cannot be read or has no such context.
 * @param signal ends a credential plugin that still runs
 */
export function openCluster(options: Chosen, signal: AbortSignal = new AbortController().signal): ClusterAccess {
  let config = load(options, signal);
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
      config = loadAgain({ ...options, context: context.name }, cluster.server, signal) ?? config;
    },
  };
}

/** Undefined where the context is not there any more as it was: somebody may be writing the file, and no other cluster's token may be sent to this one. */
function loadAgain(options: Chosen, server: string, signal: AbortSignal): KubeConfig | undefined {
  try {
    const config = load(options, signal);
    return config.getCurrentCluster()?.server === server ? config : undefined;
  } catch (error) {
    if (error instanceof PostrunError) return undefined;
    throw error;
  }
}

function load({ kubeconfig, context }: Chosen, signal: AbortSignal): KubeConfig {
  let config: KubeConfig;
  try {
    config = kubeconfig === undefined ? loadDefault(signal) : loadFile(kubeconfig, signal);
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
  config.addAuthenticator({
    isAuthProvider: (user) => identityOf(user) !== undefined,
    applyAuthentication: async (user, request: RequestOptions) => identityOf(user)?.apply(request),
  });
  return config;
}

/** KUBECONFIG, which may name several files, else ~/.kube/config, else what the client finds: the service account of this Pod. */
function loadDefault(signal: AbortSignal): KubeConfig {
  const named = (process.env.KUBECONFIG ?? "").split(delimiter).filter((path) => path !== "");
  if (named.length > 0) return loadMerged(named, signal);
  const ofUser = join(findHomeDir() ?? "", ".kube", "config");
  if (existsSync(ofUser)) return loadFile(ofUser, signal);
  const config = new KubeConfig();
  config.loadFromDefault();
  return config;
}

/** As kubectl does: files that are not there are passed over, and of two entries of one name the first counts, also of the current context. */
function loadMerged(paths: readonly string[], signal: AbortSignal): KubeConfig {
  const configs = paths.filter((path) => existsSync(path)).map((path) => loadFile(path, signal));
  if (configs.length === 0) throw new Error(`KUBECONFIG names ${paths.join(delimiter)}, and nothing is there`);
  const merged = new KubeConfig();
  merged.loadFromOptions({
    clusters: configs.flatMap(({ clusters }) => clusters),
    users: configs.flatMap(({ users }) => users),
    contexts: configs.flatMap(({ contexts }) => contexts),
    currentContext: configs.map(({ currentContext }) => currentContext).find((name) => (name ?? "") !== ""),
  });
  return merged;
}

/** An empty file has no entries. */
function loadFile(path: string, signal: AbortSignal): KubeConfig {
  const folder = dirname(path);
  const content: unknown = parse(readFileSync(path, "utf8"), { merge: true, logLevel: "error" });
  const fields = isObject(content) ? content : {};
  const config = new KubeConfig();
  config.loadFromString(JSON.stringify(fields));
  config.makePathsAbsolute(folder);
  const given: readonly unknown[] = Array.isArray(fields.users) ? fields.users : [];
  config.users = config.users.map((user, index) => withIdentity(user, given[index], folder, signal));
  return config;
}

/** How a user is identified, where the client does not do it as kubectl does: credential plugins, and tokens in a file. */
interface Identity {
  apply(request: RequestOptions): Promise<void> | void;
}

const OWN = "postrun";

function identityOf({ authProvider }: User): Identity | undefined {
  return authProvider?.name === OWN ? authProvider.identity : undefined;
}

function withIdentity(user: User, given: unknown, folder: string, signal: AbortSignal): User {
  const { tokenFile } = isObject(given) && isObject(given.user) ? given.user : {};
  const { token, ...tokenless } = user;
  if (isObject(user.exec)) {
    const identity = new CredentialPlugin(relativeTo(folder, user.exec), signal);
    return { ...user, exec: undefined, authProvider: { name: OWN, identity } };
  }
  if (typeof tokenFile === "string" && tokenFile !== "") {
    const identity = new TokenFile(resolve(folder, tokenFile), token);
    return { ...tokenless, authProvider: { name: OWN, identity } };
  }
  return token === undefined ? user : { ...user, token: token.trim() };
}

/** A command with a slash in it is meant from the folder of the kubeconfig; a bare name is looked for as a shell does. */
function relativeTo(folder: string, exec: PluginConfig): PluginConfig {
  const { command = "" } = exec;
  return command.includes(sep) ? { ...exec, command: resolve(folder, command) } : exec;
}

/** A token in a file, which somebody else keeps up to date. */
class TokenFile implements Identity {
  /** @param last what counts as long as the file cannot be read */
  constructor(
    private readonly path: string,
    private last: string | undefined,
  ) {}

  apply(request: RequestOptions): void {
    try {
      this.last = readFileSync(this.path, "utf8").trim();
    } catch (error) {
      if (this.last === undefined) throw new Error(`the token file ${this.path} cannot be read (${firstLine(error)})`);
    }
    request.headers = { ...request.headers, Authorization: `Bearer ${this.last}` };
  }
}

/** The parser quotes the file below its message. */
function firstLine(error: unknown): string {
  const [line = ""] = errorMessage(error).split("\n");
  return line.trim().replace(/:$/, "");
}

function noContext({ context, kubeconfig }: Chosen, config: KubeConfig): PostrunError {
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
