import js from "@eslint/js";
import tseslint from "typescript-eslint";

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
  // Which folder may import from which: .dependency-cruiser.mjs.
  { files: ["lib/**/*.ts"], rules: { "no-restricted-syntax": ["error", ...edgesOnly] } },
  {
    files: ["functions/*/**/*.ts"],
    ignores: ["functions/*/index.ts"],
    rules: { "no-restricted-syntax": ["error", ...edgesOnly] },
  },
);
