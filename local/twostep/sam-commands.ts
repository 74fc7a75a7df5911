/**
 * The commands to type, in the project's folder, when the services are ready.
 * CDK's paths stay out of the template: SAM warns of each path that is deeper than its own.
 * SAM keeps containers from request to request only if told.
 */
export const samCommands = (dataDirectory: string, stackName: string): readonly string[] => {
  const files = `--template cdk.out/${stackName}.template.json --env-vars ${dataDirectory}/sam-env.json`;
  return [
    "npm run synth -- --app 'node local/sam-app.ts' --no-path-metadata",
    `sam local invoke sign-in ${files} --event events/sign-in.json`,
    `sam local start-api ${files} --warm-containers LAZY`,
  ];
};
