import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../..", import.meta.url));
const config = ts.readConfigFile(`${root}tsconfig.json`, (path) => ts.sys.readFile(path));
const { compilerOptions } = config.config as { readonly compilerOptions: object };
const { options } = ts.parseJsonConfigFileContent({ compilerOptions, files: [] }, ts.sys, root);

/**
 * Compiles files that exist only for this call, together with the project's own files. It makes one program for all of
 * them, because most of the time goes into the libraries.
 *
 * @param files the files' texts, by absolute path.
 * @returns the texts of the compiler's errors, by path.
 */
export const errorsIn = (
  files: Readonly<Record<string, string>>,
): Readonly<Record<string, readonly string[]>> => {
  const host = ts.createCompilerHost(options);
  const directories = new Set(Object.keys(files).map(dirname));
  const program = ts.createProgram(Object.keys(files), options, {
    ...host,
    fileExists: (path) => path in files || host.fileExists(path),
    directoryExists: (path) => directories.has(path) || ts.sys.directoryExists(path),
    readFile: (path) => files[path] ?? host.readFile(path),
    getSourceFile: (path, version, ...more) =>
      files[path] === undefined
        ? host.getSourceFile(path, version, ...more)
        : ts.createSourceFile(path, files[path], version),
  });
  const errorsOf = (path: string) => {
    const source = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  };
  return Object.fromEntries(
    Object.keys(files).map((path) => [
      path,
      errorsOf(path).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
    ]),
  );
};
