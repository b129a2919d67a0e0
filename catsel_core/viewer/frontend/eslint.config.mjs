// The linter's rules, written out so that it needs no further package. tsc looks for unknown names and wrong types;
// here is what it does not see.

// Parts of plotly that no release promises to keep.
const PRIVATE = "/^(_.+|calcdata|node3|[clpr]2[clpr])$/";
const PRIVATE_PARTS = [
  { selector: `MemberExpression > Identifier.property[name=${PRIVATE}]`, message: "Goes into plotly_private.js." },
  { selector: `ObjectPattern > Property > Identifier.key[name=${PRIVATE}]`, message: "Goes into plotly_private.js." },
];

const RULES = {
  "array-callback-return": "error",
  complexity: ["error", 10],
  "consistent-return": "off", // tsc: noImplicitReturns
  "default-case-last": "error",
  eqeqeq: "error",
  "for-direction": "error",
  "getter-return": "error",
  "max-depth": ["error", 3],
  "max-len": ["error", { code: 120 }],
  "max-lines": ["error", 300],
  "max-lines-per-function": ["error", { max: 30, skipComments: true }],
  "max-params": ["error", 4],
  "no-async-promise-executor": "error",
  "no-cond-assign": "error",
  "no-console": ["error", { allow: ["error"] }],
  "no-constant-condition": "error",
  "no-debugger": "error",
  "no-dupe-else-if": "error",
  "no-duplicate-case": "error",
  "no-empty": "error",
  "no-eval": "error",
  "no-fallthrough": "error",
  "no-implied-eval": "error",
  "no-lonely-if": "error",
  "no-loss-of-precision": "error",
  "no-param-reassign": "error",
  "no-self-assign": "error",
  "no-self-compare": "error",
  "no-sparse-arrays": "error",
  "no-template-curly-in-string": "error",
  "no-throw-literal": "error",
  "no-unmodified-loop-condition": "error",
  "no-unreachable": "error",
  "no-unsafe-finally": "error",
  "no-unsafe-optional-chaining": "error",
  "no-unused-expressions": "error",
  "no-unused-vars": ["error", { vars: "local", args: "after-used" }],
  "no-useless-return": "error",
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-const": "error",
  "prefer-template": "error",
  "require-atomic-updates": "error",
  "use-isnan": "error",
  "valid-typeof": "error",
};

export default [
  {
    files: ["*.js"],
    languageOptions: { ecmaVersion: 2023, sourceType: "script" },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: { ...RULES, "no-restricted-syntax": ["error", ...PRIVATE_PARTS] },
  },
  {
    files: ["chart.js", "leaving.js", "neighbours.js", "report.js", "share.js", "slider.js"], // the last of the joined scripts, which exports what shows it
    languageOptions: { sourceType: "module" },
    rules: { "no-unused-vars": "error" },
  },
  { files: ["plotly_private.js"], rules: { "no-restricted-syntax": "off" } },
];
