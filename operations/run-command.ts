export type Command<Options> = {
  readonly usage: string;
  /** What was asked for; throws a sentence for what cannot be meant. */
  readonly read: (args: string[]) => Options;
  /** Does it, and answers with the exit code. */
  readonly run: (options: Options) => Promise<number>;
};

/**
 * Runs a command as a person calls it: wrong options are answered with what is wrong and the usage, before anything is
 * asked, by exit code 2. What fails is told by its kind alone, by exit code 1: messages may quote an item or a token.
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
