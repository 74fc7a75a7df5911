/**
 * What to type, in the project's folder, once the services are there.
 * CDK's paths stay out of the template: SAM warns of each that is deeper than its own.
 * SAM keeps containers from request to request only if told, and learns of no origins that are a parameter's.
 * Containers of another processor than this machine's are emulated or not run at all; `processor` is Node's name for ours.
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
