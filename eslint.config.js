import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["build/", "data/", "mutants/"] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      complexity: ["error", 12],
      curly: ["error", "multi-line"],
      eqeqeq: "error",
      "func-style": ["error", "declaration", { allowArrowFunctions: true }],
      "no-implicit-globals": "error",
      "no-param-reassign": "error",
      "no-shadow": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
    },
  },
  {
    files: ["geo/map/player/*.js", "ui/*.js", "server/*.js", "bench/*.js"],
    languageOptions: { sourceType: "script", globals: globals.browser },
  },
  {
    // Modules with named imports and exports, which geo/map/files.py puts into one script.
    files: ["geo/map/player/*.js"],
    ignores: ["geo/map/player/guard.js"],
    languageOptions: { sourceType: "module", globals: { ...globals.browser, L: "readonly" } },
    rules: {
      "no-restricted-syntax": [
        "error",
        "ExportDefaultDeclaration",
        "ExportAllDeclaration",
        "ExportSpecifier",
        "ImportDefaultSpecifier",
        "ImportNamespaceSpecifier",
        "ImportExpression",
      ],
    },
  },
  {
    files: ["tests/player/*.mjs", "*.config.js"],
    languageOptions: { globals: globals.nodeBuiltin },
  },
];
