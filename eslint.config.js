import js from "@eslint/js";
import tseslint from "typescript-eslint";

/** Imports that a folder must not make, with the reason that the linter prints. */
const forbid = (files, groups, ignores = []) => ({
  files,
  ignores,
  rules: {
    "@typescript-eslint/no-restricted-imports": ["error", { patterns: groups }],
  },
});

const above = (...names) => ({
  group: names.flatMap((name) => [`**/${name}/**`]),
  message: "Dependencies point one way: functions → lib → nothing of ours.",
});

const technologies = {
  group: ["@aws-sdk/*", "@aws-lambda-powertools/*", "@middy/*", "grammy", "grammy/*", "aws-lambda"],
  message: "The domain knows no technology; adapters (dynamo-*, secrets-*, http/, telegram/) do.",
};

const edgesOnly = [
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message:
      "Environment is read where functions are put together only: functions/*.ts and functions/*/index.ts.",
  },
  {
    selector: "NewExpression[callee.name=/Client$/]",
    message: "Clients are made where functions are put together only.",
  },
  {
    selector:
      "CallExpression[callee.object.name='Date'][callee.property.name='now'], NewExpression[callee.name='Date'][arguments.length=0]",
    message: "The clock is a value; only the wiring in functions/ reads it.",
  },
  {
    selector:
      "CallExpression[callee.object.name='Math'][callee.property.name='random'], CallExpression[callee.name=/^(randomBytes|randomInt|randomUUID)$/]",
    message: "Randomness is a value; only the wiring in functions/ makes it.",
  },
];

export default tseslint.config(
  { ignores: ["node_modules", "cdk.out", "dist", ".twostep"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/consistent-type-definitions": ["error", "type"],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "no-restricted-exports": ["error", { restrictDefaultExports: { direct: true } }],
    },
  },
  { files: ["vitest.config.ts"], rules: { "no-restricted-exports": "off" } },
  forbid(["functions/**/*.ts"], [above("infra", "local", "web", "test", "tools")]),
  forbid(["lib/**/*.ts"], [above("functions", "infra", "local", "web", "test", "tools")]),
  forbid(
    ["lib/{account,challenge,factors,guard,session,crypto}/**/*.ts"],
    [above("functions", "infra", "local", "web", "test", "tools"), technologies],
    ["lib/**/{dynamo,sns,sqs,sfn,secrets}-*.ts"],
  ),
  forbid(
    ["infra/**/*.ts"],
    [
      {
        ...above("functions", "lib", "local", "web", "test"),
        // What a deployer may change and how it is checked, the list of carriers, nothing that acts on it; and the words of the page.
        group: [
          ...above("functions", "lib", "local", "web", "test").group,
          "!**/lib/settings",
          "!**/lib/settings/*",
          "!**/lib/phone",
          "**/lib/phone/*",
          "!**/lib/phone/carriers",
          "**/lib/phone/carriers/*",
          "!**/lib/phone/carriers/carriers.ts",
          "!**/web/pages",
          "**/web/pages/*",
          "!**/web/pages/texts.ts",
        ],
      },
    ],
  ),
  forbid(["local/**/*.ts"], [{ ...above("lib", "functions"), allowTypeImports: true }]),
  forbid(
    ["web/**/*.ts"],
    [
      {
        ...above("lib", "functions"),
        allowTypeImports: true,
        // The list of languages is one, of browsers and functions alike.
        group: [
          ...above("lib", "functions").group,
          "!**/lib/settings",
          "**/lib/settings/*",
          "!**/lib/settings/languages.ts",
        ],
      },
    ],
  ),
  forbid(
    ["local/aws/**/*.ts"],
    [
      {
        // Three folders up is beyond `local/`, wherever in `local/aws` a file lies.
        regex: String.raw`^(\.\./){3}|(^|/)(devices|twostep)/|^(\.\./)+(stack|backend|start|backing|account|end-process)\.ts$`,
        message: "local/aws runs any template: what it must know of this one is passed in.",
      },
    ],
  ),
  { files: ["lib/**/*.ts"], rules: { "no-restricted-syntax": ["error", ...edgesOnly] } },
  {
    files: ["functions/*/**/*.ts"],
    ignores: ["functions/*/index.ts"],
    rules: { "no-restricted-syntax": ["error", ...edgesOnly] },
  },
);
