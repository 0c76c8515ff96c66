import { Command, Option } from "commander";
import { DEFAULT_PROFILE } from "../profiles/default-profile.js";
import {
  appended,
  claimIds,
  count,
  delayList,
  durationMs,
  investigations,
  keyValue,
  kindList,
  limit,
  maskList,
  moment,
  namespaceList,
  openJobs,
  runNumber,
  seed,
  signedDurationMs,
  workers,
  zone,
} from "./option-values.js";
import { packageVersion } from "./package-version.js";

const languageOption = () =>
  new Option("--lang <language>", "language of the text forms and of the page when it opens").choices(["he", "en", "both"]);

const baselineOption = () => new Option("--baseline <report>", "hold the run against an earlier one: its report.json or HTML report");

function withAnalysisOptions(command: Command): Command {
  return withMeasuringOptions(command.argument("<input...>", "files and folders that the run left behind; - for standard input"));
}

/** What to analyze and how, whatever the inputs are. */
function withMeasuringOptions(command: Command): Command {
  return command
    .option("--profile <name>", `what to look for: a built-in profile, or the path of your own (default: ${DEFAULT_PROFILE})`)
    .option("--claims <file>", "claims to check instead of the profile's")
    .option("--param <name=value>", "parameter of the profile, for example test=277 (repeatable)", keyValue, {})
    .option("--label <name=value>", "label on the report, for example build=4812 (repeatable)", keyValue, {})
    .option("--tz <zone>", "zone of the runner's log: +02:00 or Asia/Jerusalem (else found from the data)", zone)
    .option("--clock-offset <duration>", "how far the runner's clock is ahead (+) or behind (-): -3.7s", signedDurationMs)
    .option("--run <number>", "which run of those in the log; all for all of them (default: the last)", runNumber)
    .option("--from <time>", "only investigations that begin then or later: with a zone, or in the log's own time", limit)
    .option("--to <time>", "only investigations that begin before", limit)
    .option("--namespace <name>", "only Jobs of this namespace")
    .option("--redact <kinds>", "mask names in the report: hosts,ips,users,namespaces", maskList)
    .option("--docs <folder>", "look the claims' citations up in the documents in this folder")
    .option("--workers <number>", "threads that read large files side by side (default: as many as there are processors)", workers)
    .option("--now <time>", "time of generation to write (for reproducible output)", moment);
}

function withFormOptions(command: Command): Command {
  return command
    .option("--json <file>", "write report.json too")
    .option("--md <file>", "write Markdown too")
    .option("--jira <file>", "write Jira wiki markup too")
    .option("--junit <file>", "write the claims as JUnit XML too, for the test view of a CI system")
    .option("--csv <folder>", "write the tables as CSV too")
    .option("--xlsx <file>", "write the tables as a workbook too")
    .option("--png <folder>", "write the charts and the first screen as pictures too")
    .option("--templates <folder>", "own templates and styles for the page (docs/report.md)")
    .option("--zip", "write the page as an archive, with a summary in Markdown")
    .option("--split", "write the page as an overview and pages with its rows, each small enough to attach")
    .addOption(languageOption())
    .option("--force", "overwrite files that postrun did not make");
}

/** The command line; commands are loaded when they run, so that --help loads nothing heavy. */
export function buildProgram(): Command {
  const program = new Command("postrun")
    .description("Measures a finished test run from what it left behind, and holds the documentation against the measurement.")
    .version(packageVersion(), "-V, --version")
    .configureHelp({ showGlobalOptions: false })
    .showHelpAfterError("postrun --help lists the commands, postrun COMMAND --help what each takes")
    .addOption(new Option("--profile-cpu <file>", "write where the command's own time went, for those who develop it").hideHelp())
    .hook("preAction", async () => {
      const { profileCpu } = program.opts();
      if (profileCpu !== undefined) (await import("./profile-cpu.js")).profileCpu(profileCpu);
    })
    .exitOverride();
  program.addHelpText(
    "after",
    `
Examples:
  postrun analyze run-folder/                       the folder that a run left behind
  postrun analyze test-run.log jobs-watch.json.gz   single files, gz or not, in any order
  postrun check run-folder/ --require cleanup-after-disconnect
  postrun inspect test-run.log                      what is in it, and what no pattern matched
  postrun claims                                    where the documents disagree with themselves

Exit codes: 0 done, 1 a claim is contradicted (check), 2 wrong usage or output, 3 unusable input, 4 unsettled (check --strict), 70 a bug.`,
  );
  withFormOptions(withAnalysisOptions(program.command("analyze", { isDefault: true })))
    .description("read a run and write the report (the default command)")
    .option("-o, --output <file>", "where the HTML report goes; - for standard output (default: postrun-<title>-<start>.html)")
    .option("--timeline <file>", "write the events of the timeline as NDJSON too; postrun reads it as an input")
    .option("--title <text>", "title of the report")
    .option("--ticket <url>", "link to the ticket")
    .option("--note <text>", "a note on the first page")
    .addOption(baselineOption())
    .option("--pool", "the inputs are saved reports of several runs: one report and one verdict for each claim over all of them")
    .option("--check", "end with exit code 1 if a claim is contradicted")
    .option("--open", "open the report when it is written")
    .action(async (inputs: string[], flags) => {
      const { refuseMistypedCommand } = await import("./mistyped-command.js");
      await refuseMistypedCommand(
        inputs,
        program.commands.map((command) => command.name()),
      );
      await (await import("./analyze.js")).analyzeCommand(inputs, flags);
    });
  withAnalysisOptions(program.command("check"))
    .description("as a gate: one line a claim, and an exit code")
    .option("--require <ids>", "only these claims (comma-separated)", claimIds)
    .addOption(baselineOption())
    .option("--strict", "fail on inconclusive and not measured claims too")
    .action(async (inputs: string[], flags) => (await import("./check.js")).checkCommand(inputs, flags));
  withAnalysisOptions(program.command("inspect"))
    .description("say what each input is, what the profile recognised in it, and what is missing for a full answer")
    .option("--json <file>", "write it as JSON; - for standard output")
    .option("--force", "overwrite a file that postrun did not make")
    .addOption(languageOption())
    .action(async (inputs: string[], flags) => (await import("./inspect.js")).inspectCommand(inputs, flags));
  withFormOptions(program.command("render"))
    .description("render a saved report again (report.json or an HTML report)")
    .argument("<report>", "report.json, or an HTML report that postrun wrote")
    .option("-o, --output <file>", "where the HTML report goes; - for standard output")
    .action(async (path: string, flags) => (await import("./render.js")).renderCommand(path, flags));
  withFormOptions(withMeasuringOptions(program.command("run")))
    .description("run a test command, capture the cluster and the output as it goes, and write the report; exits as the command does")
    .usage("[options] -- COMMAND [ARGUMENTS...]")
    .argument("<command...>", "the test command, after --")
    .option("-o, --output <file>", "where the HTML report goes (default: postrun-<title>-<start>.html)")
    .option("--title <text>", "title of the report")
    .option("--ticket <url>", "link to the ticket")
    .option("--note <text>", "a note on the first page")
    .option("--open", "open the report when it is written")
    .option("--folder <folder>", "where output and capture are stored (default: postrun-run-<start>)")
    .option("--input <path>", "what else the run leaves behind, for example its own log file (repeatable)", appended, [])
    .option("--no-cluster", "do not look for a cluster")
    .option("--kubeconfig <file>", "kubeconfig of the cluster (default: KUBECONFIG, ~/.kube/config, or the Pod's own account)")
    .option("--context <name>", "context of the kubeconfig")
    .option("--selector <labels>", "only Jobs, Pods and Services with these labels")
    .option("--logs", "also what the containers of the Pods print")
    .addOption(
      new Option("--grace <duration>", "how long to wait until the run's Jobs are gone, at most")
        .argParser(durationMs)
        .default(120_000, "120s"),
    )
    .option("--no-analysis", "only capture")
    .action(async (words: string[], flags) => (await import("./run.js")).runCommand(words, flags));
  program
    .command("collect")
    .description("capture a cluster while a run goes on: Jobs, Pods, Services and Events, with the time at which each change arrived")
    .option("-o, --output <file>", "the capture; compressed where it ends in .gz (default: capture-<start>.ndjson.gz)")
    .option("--force", "overwrite a file that postrun did not make")
    .option("--kubeconfig <file>", "kubeconfig of the cluster (default: KUBECONFIG, ~/.kube/config, or the Pod's own account)")
    .option("--context <name>", "context of the kubeconfig")
    .option("-n, --namespace <names>", "namespaces, separated by commas, or all (default: the context's)", namespaceList)
    .option("-l, --selector <labels>", "only Jobs, Pods and Services with these labels, for example app=focus")
    .option("--kinds <kinds>", "some of Job,Pod,Service,Event (default: all)", kindList)
    .option("--cpu <duration>", "also what the metrics API says of the Pods' CPU, this often, for example 10s", durationMs)
    .option("--logs", "also what the containers of these Pods print; secrets are masked by their names and forms")
    .option("--for <duration>", "end after this time, for example 10m", durationMs)
    .option("--until-idle <duration>", "end when Jobs were seen and for this long none has been there, for example 90s", durationMs)
    .action(async (flags) => (await import("./collect.js")).collectCommand(flags));
  program
    .command("predict")
    .description("what if the run had another delay or size: total time and open Jobs, simulated from the measured investigations")
    .argument("<report>", "report.json, or an HTML report that postrun wrote")
    .option("--n <number>", "investigations of the run (default: as in the report)", investigations)
    .option("--delay <seconds>", "delays between investigations, for example 1,2,5,10 (default: around the measured one)", delayList)
    .option("--max-open <number>", "find the smallest delay that keeps the peak of open Jobs at or under this", openJobs)
    .option("--seed <number>", "another seed gives other simulated runs (default: 1)", seed)
    .option("--json <file>", "write the prediction as JSON; - for standard output")
    .option("-o, --output <file>", "write it as an HTML page with a chart; - for standard output")
    .option("--force", "overwrite files that postrun did not make")
    .addOption(languageOption())
    .action(async (path: string, flags) => (await import("./predict.js")).predictCommand(path, flags));
  program
    .command("watch")
    .description("show the open Jobs of a cluster, or of a capture that grows, as they come and go; an alarm makes it exit with 1")
    .argument("[capture]", "a file that postrun collect or kubectl get jobs -w -o json --output-watch-events writes (default: the cluster)")
    .option("--kubeconfig <file>", "kubeconfig of the cluster (default: KUBECONFIG, ~/.kube/config, or the Pod's own account)")
    .option("--context <name>", "context of the kubeconfig")
    .option("-n, --namespace <names>", "namespaces, separated by commas, or all (default: the context's)", namespaceList)
    .option("-l, --selector <labels>", "only Jobs with these labels, for example app=focus")
    .option("--profile <name>", "says which Jobs serve investigations", DEFAULT_PROFILE)
    .option("--claims <file>", "claims that document the life of a Job instead of the profile's")
    .option("--all", "count every Job, not only those that serve investigations")
    .option("--life <duration>", "how long a Job lives by the documents, from its creation (default: from the claims)", durationMs)
    .option("--max-open <number>", "raise an alarm when more Jobs are open", count)
    .option("--max-age <duration>", "raise an alarm when a Job is open for longer, for example 70s", durationMs)
    .option("--exec <command>", "run this for each alarm; POSTRUN_ALARM and others in its environment say which")
    .option("--for <duration>", "end after this time, for example 10m", durationMs)
    .action(async (capture: string | undefined, flags) => {
      // It would show its view to nobody, without end.
      process.stdout.once("error", () => process.exit());
      await (await import("./watch.js")).watchCommand(capture, flags);
    });
  program
    .command("claims")
    .description("check a claims file, and where its statements disagree with each other")
    .argument("[file]", "a claims file (default: the profile's)")
    .option("--profile <name>", `profile whose names the claims use (default: the one beside the file, else ${DEFAULT_PROFILE})`)
    .option("--json <file>", "write claims and relations as JSON; - for standard output")
    .option("--force", "overwrite a file that postrun did not make")
    .addOption(languageOption())
    .action(async (path: string | undefined, flags) => (await import("./claims.js")).claimsCommand(path, flags));
  program
    .command("init")
    .description("write a commented profile, claims and postrun.yaml to start from")
    .argument("[folder]", "where to (default: here); existing files are never overwritten")
    .action(async (folder: string | undefined) => (await import("./init.js")).initCommand(folder));
  program
    .command("completion")
    .description("print a script that makes the shell complete commands and options")
    .argument("<shell>", "bash, zsh, fish or powershell")
    .action(async (shell: string) => (await import("./completion.js")).completionCommand(shell, program));
  return program;
}
