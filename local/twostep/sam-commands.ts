/**
 * The commands to type, in the project's folder, when the services are ready.
 * CDK's paths stay out of the template: SAM warns of each path that is deeper than its own.
 * SAM keeps containers from request to request only if told, and does not learn origins from a parameter.
 * Containers of another processor are emulated or do not run; `processor` is Node's name for this machine's.
 */
export const samCommands = (
  dataDirectory: string,
  pagesOrigin: string,
  processor: string,
): readonly string[] => {
  const files = `--template cdk.out/Twostep.template.json --env-vars ${dataDirectory}/sam-env.json`;
  return [
    `npm run synth -- --no-path-metadata${processor === "x64" ? " -c architecture=x86_64" : ""}`,
    `sam local invoke sign-in ${files} --event events/sign-in.json`,
    `sam local start-api ${files} --warm-containers LAZY --parameter-overrides AllowedOrigins=${pagesOrigin}`,
  ];
};
