/**
 * Credential plugins of a kubeconfig (`exec`, https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins):
 * a program prints what identifies us. It is asked again when its answer has expired, and has neither a terminal nor all the time it likes.
 */

import { type ChildProcess, spawn } from "node:child_process";
import type { RequestOptions } from "node:https";
import { isObject, parseJson } from "../model/text/json-object.js";
import type { DurationMs } from "../model/time.js";

/** It may talk to servers of its own, and open a browser in which somebody logs in. */
const ANSWER_MS: DurationMs = 60_000;
/** Longest of its own words that are repeated [characters]. */
const LONGEST_TOLD = 300;

/** What the kubeconfig says of a plugin (v1 ExecConfig). */
export interface PluginConfig {
  readonly apiVersion?: string;
  readonly command?: string;
  readonly args?: readonly string[] | null;
  readonly env?: readonly { readonly name: string; readonly value: string }[] | null;
  readonly installHint?: string;
}

interface Credential {
  readonly token?: string;
  readonly cert?: string;
  readonly key?: string;
  /** NaN where it says none: then it is good until the server refuses it. */
  readonly expires: number;
}

export class CredentialPlugin {
  #asking: Promise<Credential> | undefined;
  #last: Credential | undefined;

  /** @param signal ends a plugin that still runs */
  constructor(
    private readonly config: PluginConfig,
    private readonly signal: AbortSignal,
  ) {}

  /** Adds what identifies us. Rejects with what went wrong with the plugin. */
  async apply(options: RequestOptions): Promise<void> {
    if (this.#last !== undefined && this.#last.expires <= Date.now()) this.#last = undefined;
    const { token, cert, key } = this.#last ?? (await this.#askOnce());
    if (token !== undefined) options.headers = { ...options.headers, Authorization: `Bearer ${token}` };
    if (cert !== undefined) options.cert = cert;
    if (key !== undefined) options.key = key;
  }

  /** Several requests at once wait for one answer. */
  #askOnce(): Promise<Credential> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(): Promise<Credential> {
    const text = await this.#run();
    const answer = parseJson(text);
    const status = isObject(answer) && isObject(answer.status) ? answer.status : undefined;
    if (status === undefined) throw this.#problem("printed no ExecCredential with a status");
    const { token, clientCertificateData, clientKeyData, expirationTimestamp } = status;
    if (typeof token !== "string" && typeof clientCertificateData !== "string")
      throw this.#problem("printed neither a token nor a certificate");
    this.#last = {
      ...(typeof token === "string" ? { token } : {}),
      ...(typeof clientCertificateData === "string" ? { cert: clientCertificateData } : {}),
      ...(typeof clientKeyData === "string" ? { key: clientKeyData } : {}),
      expires: Date.parse(String(expirationTimestamp)),
    };
    return this.#last;
  }

  /** What it prints. */
  #run(): Promise<string> {
    const { apiVersion, command = "", args, env } = this.config;
    // Which version of the answer is expected, and that nobody is there to type.
    const info = JSON.stringify({ apiVersion, kind: "ExecCredential", spec: { interactive: false } });
    const own = Object.fromEntries((env ?? []).map(({ name, value }) => [name, value]));
    return new Promise((resolve, reject) => {
      if (this.signal.aborted) return reject(this.#problem("is asked no more"));
      const child = spawn(command, [...(args ?? [])], {
        env: { ...process.env, ...own, KUBERNETES_EXEC_INFO: info },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let [printed, told] = ["", ""];
      child.stdout.setEncoding("utf8").on("data", (piece: string) => {
        printed += piece;
      });
      child.stderr.setEncoding("utf8").on("data", (piece: string) => {
        told = (told + piece).slice(-LONGEST_TOLD);
      });
      const giveUp = (what: string) => {
        end();
        kill(child);
        reject(this.#problem(what));
      };
      const late = setTimeout(() => giveUp(`gave no answer within ${ANSWER_MS / 1000} s`), ANSWER_MS);
      const stop = () => giveUp("was ended with the capture");
      this.signal.addEventListener("abort", stop);
      const end = () => {
        clearTimeout(late);
        this.signal.removeEventListener("abort", stop);
      };
      child.once("error", (error: NodeJS.ErrnoException) => {
        end();
        reject(this.#problem(`cannot be started (${error.code ?? error.message})`, error.code === "ENOENT"));
      });
      child.once("close", (code, signal) => {
        end();
        if (code === 0) resolve(printed);
        else reject(this.#problem(`ended with ${signal ?? `exit code ${code}`}${told.trim() === "" ? "" : `: ${told.trim()}`}`));
      });
    });
  }

  #problem(what: string, isMissing = false): Error {
    const { command = "", installHint = "" } = this.config;
    const hint = isMissing && installHint !== "" ? `; ${installHint.trim()}` : "";
    return new Error(`the credential plugin ${command} ${what}${hint}`);
  }
}

/** What it has started itself may hold its output open: nobody waits for that. */
function kill(child: ChildProcess): void {
  child.kill("SIGKILL");
  child.stdout?.destroy();
  child.stderr?.destroy();
}
