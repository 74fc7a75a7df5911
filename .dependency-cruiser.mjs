/**
 * Which folder may import from which. `npm run check` holds the code against it, type imports included; what each folder
 * is for stands in docs/architecture.md.
 */

/** The folders of `lib`, from the ground up: each may import from those before it and from no other. */
const floors = [
  "settings",
  "log",
  "crypto",
  "account",
  "guard",
  "challenge",
  "totp",
  "telegram",
  "phone",
  "recovery-codes",
  "sessions",
  "whole-account",
  "runtime",
  "contract",
  "http",
];

const any = (names) => `(?:${names.join("|")})`;

const downward = floors.slice(0, -1).map((floor, n) => ({
  name: `lib-${floor}-imports-downward-only`,
  severity: "error",
  comment: "Folders of lib depend downward only, in the order of .dependency-cruiser.mjs.",
  from: { path: `^lib/${floor}/` },
  to: { path: `^lib/${any(floors.slice(n + 1))}/` },
}));

/** What a folder at the top of the project must not import. */
const mustNotImport = (name, from, to, comment) => ({
  name,
  severity: "error",
  comment,
  from: typeof from === "string" ? { path: from } : from,
  to: typeof to === "string" ? { path: to } : to,
});

/** The one place of `lib` for each technology. */
const technologies = [
  ["@aws-sdk", "runtime"],
  ["@aws-lambda-powertools", "runtime"],
  ["@middy", "http"],
  ["@types/aws-lambda", "http"],
  ["bowser", "http"],
  ["grammy", "telegram"],
  ["otplib", "totp"],
  ["libphonenumber-js", "phone"],
].map(([name, floor]) =>
  mustNotImport(
    `only-lib-${floor}-knows-${name.replace(/^@(?:types\/)?/, "")}`,
    { path: "^lib/", pathNot: `^lib/${floor}/` },
    `node_modules/${name}/`,
    "The domain knows no technology; one folder does.",
  ),
);

export default {
  forbidden: [
    ...downward,
    mustNotImport(
      "lib-has-no-other-folders",
      "^lib/",
      { path: "^lib/", pathNot: `^lib/${any(floors)}/` },
      "A folder of lib needs its place in the order.",
    ),
    mustNotImport(
      "lib-imports-lib-only",
      "^lib/",
      "^(?:functions|infra|local|operations|tools|web|test)/",
      "lib is what all others stand on.",
    ),
    mustNotImport(
      "functions-import-lib-only",
      "^functions/",
      "^(?:infra|local|operations|tools|web|test)/",
      "A function is deployed with lib and nothing else.",
    ),
    mustNotImport(
      "functions-do-not-import-each-other",
      "^functions/([^/]+)/",
      { path: "^functions/[^/]+/", pathNot: "^functions/$1/" },
      "What two functions share belongs to lib, or to the wiring beside their folders.",
    ),
    mustNotImport(
      "infra-knows-settings-only",
      "^infra/",
      {
        path: "^(?:functions|lib|local|operations|tools|web|test)/",
        pathNot: "^(?:lib/settings/|lib/phone/carriers/carriers\\.ts$|web/pages/texts\\.ts$)",
      },
      "The template knows what a deployer may set, and nothing that acts on it.",
    ),
    mustNotImport(
      "local-and-web-import-types-of-lib-only",
      "^(?:local|web)/",
      {
        path: "^(?:lib|functions)/",
        // The list of languages is one, of browsers and functions alike.
        pathNot: "^lib/settings/languages\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
      "Pages and fakes speak the wire's language; they share no code with the service.",
    ),
    mustNotImport(
      "local-aws-knows-nothing-of-twostep",
      "^local/aws/",
      { path: "^(?:functions|infra|lib|operations|test|tools|web|local/(?!aws/))" },
      "local/aws runs any template.",
    ),
    ...technologies,
    {
      name: "no-circle-of-files",
      severity: "error",
      comment: "Files that import each other in a circle cannot be read one after the other.",
      from: { path: "^(?:lib|functions|infra|local|operations|tools)/" },
      to: { circular: true },
    },
    {
      name: "no-circle-of-folders",
      severity: "error",
      comment: "Folders that import each other in a circle are one folder.",
      scope: "folder",
      from: { path: "^(?:lib|infra|local)/" },
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      extensions: [".ts"],
      mainFields: ["types", "main"],
      conditionNames: ["import", "types", "node", "default"],
      exportsFields: ["exports"],
    },
  },
};
