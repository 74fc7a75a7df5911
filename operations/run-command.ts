export type Command<Options> = {
  readonly usage: string;
  /** Reads the options; throws an error with a sentence for options that make no sense. */
  readonly read: (args: string[]) => Options;
  /** Runs the command, and resolves with the exit code. */
  readonly run: (options: Options) => Promise<number>;
};

/**
 * Runs a command that a person calls. For wrong options it prints what is wrong and the usage, does nothing else, and
 * sets exit code 2. For a failure it prints only the error's kind and sets exit code 1: a message may quote an item or
 * a token.
 */
export async function runCommand<Options>({ usage, read, run }: Command<Options>): Promise<void> {
  let options: Options;
  try {
    options = read(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exitCode = 2;
    return;
  }
  try {
    process.exitCode = await run(options);
  } catch (error) {
    console.error(`It failed: ${error instanceof Error ? error.name : typeof error}.`);
    process.exitCode = 1;
  }
}
