import type { Command } from "commander";
import { PostrunError } from "../model/errors.js";
import { shellWord } from "../model/text/shell-word.js";

/** What a shell completes: commands, and the options of each with their choices. */
interface Completable {
  readonly name: string;
  readonly description: string;
  readonly options: readonly {
    readonly long: string;
    readonly description: string;
    readonly choices: readonly string[];
    readonly takesValue: boolean;
  }[];
}

const SHELLS: Readonly<Record<string, (commands: readonly Completable[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
};

/** Prints a completion script made from the commands themselves, so that it knows every option. Throws a PostrunError (usage) for another shell. */
export function completionCommand(shell: string, program: Command): void {
  const script = SHELLS[shell];
  if (script === undefined) {
    throw new PostrunError("usage", `no completion for the shell "${shell}"`, `one of: ${Object.keys(SHELLS).join(", ")}`);
  }
  process.stdout.write(script(program.commands.map(completable)));
}

function completable(command: Command): Completable {
  return {
    name: command.name(),
    description: command.description(),
    options: command.options.flatMap(({ long, description, argChoices, required, optional }) =>
      typeof long === "string" ? [{ long, description, choices: argChoices ?? [], takesValue: required || optional }] : [],
    ),
  };
}

function bashScript(commands: readonly Completable[]): string {
  const cases = commands.map(({ name, options }) => `    ${name}) words=${shellWord(options.map(({ long }) => long).join(" "))} ;;`);
  const choices = choicesOf(commands).map(
    ([long, values]) => `    ${long}) COMPREPLY=($(compgen -W ${shellWord(values.join(" "))} -- "$current")); return ;;`,
  );
  return `# bash completion for postrun: eval "$(postrun completion bash)"
_postrun() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}" words=""
  case "$previous" in
${choices.join("\n")}
  esac
  case "\${COMP_WORDS[1]}" in
${cases.join("\n")}
  esac
  if [[ "$COMP_CWORD" -eq 1 ]]; then words=${shellWord(commands.map(({ name }) => name).join(" "))}; fi
  if [[ "$current" == -* || "$COMP_CWORD" -eq 1 ]]; then COMPREPLY=($(compgen -W "$words" -- "$current")); fi
}
complete -o default -F _postrun postrun
`;
}

function zshScript(commands: readonly Completable[]): string {
  const names = commands.map(({ name, description }) => `    ${shellWord(`${name}:${description}`)}`);
  const cases = commands.map(({ name, options }) => {
    const specs = options.map(({ long, description, choices, takesValue }) => {
      const action = choices.length > 0 ? `(${choices.join(" ")})` : "_files";
      return shellWord(`${long}[${description.replace(/[[\]\\:]/g, "\\$&")}]${takesValue ? `:value:${action}` : ""}`);
    });
    return `    ${name}) _arguments ${[...specs, shellWord("*:file:_files")].join(" ")} ;;`;
  });
  return `#compdef postrun
# zsh completion for postrun: source <(postrun completion zsh)
_postrun() {
  local -a commands=(
${names.join("\n")}
  )
  if (( CURRENT == 2 )); then _describe command commands; _files; return; fi
  local command="$words[2]"
  shift words; (( CURRENT-- ))
  case "$command" in
${cases.join("\n")}
    *) _files ;;
  esac
}
compdef _postrun postrun
`;
}

function fishScript(commands: readonly Completable[]): string {
  const lines = commands.flatMap(({ name, description, options }) => [
    `complete -c postrun -n __fish_use_subcommand -a ${name} -d ${shellWord(description)}`,
    ...options.map(({ long, description: text, choices, takesValue }) => {
      const value = choices.length > 0 ? ` -x -a ${shellWord(choices.join(" "))}` : takesValue ? " -r" : "";
      return `complete -c postrun -n '__fish_seen_subcommand_from ${name}' -l ${long.slice(2)} -d ${shellWord(text)}${value}`;
    }),
  ]);
  return `# fish completion for postrun: postrun completion fish | source\n${lines.join("\n")}\n`;
}

function powershellScript(commands: readonly Completable[]): string {
  const text = (word: string) => `'${word.replaceAll("'", "''")}'`;
  const cases = commands.map(({ name, options }) => `    ${text(name)} = @(${options.map(({ long }) => text(long)).join(", ")})`);
  return `# PowerShell completion for postrun: postrun completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName postrun -ScriptBlock {
  param($word, $ast, $position)
  $options = @{
${cases.join("\n")}
  }
  $typed = @($ast.CommandElements | ForEach-Object { $_.ToString() })
  $candidates = if ($typed.Count -gt 1 -and $options.ContainsKey($typed[1])) { $options[$typed[1]] } else { $options.Keys | Sort-Object }
  $candidates | Where-Object { $_ -like "$word*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
`;
}

/** Options with a fixed choice, each once. */
function choicesOf(commands: readonly Completable[]): [string, readonly string[]][] {
  return [
    ...new Map(
      commands.flatMap(({ options }) => options.filter(({ choices }) => choices.length > 0).map(({ long, choices }) => [long, choices])),
    ),
  ];
}
