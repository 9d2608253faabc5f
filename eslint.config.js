import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import typescript from 'typescript-eslint';

/** Files linted with type information, which is slow; svelte-check covers Svelte files. */
const typed = { files: ['src-*/**/*.ts', 'test/**/*.ts'], ignores: ['**/*.svelte.ts'] };

export default typescript.config(
  { ignores: ['node_modules', '.cache', 'dist', 'release', 'test-results', 'models'] },
  js.configs.recommended,
  ...typescript.configs.strict,
  ...svelte.configs.recommended,
  {
    rules: {
      eqeqeq: 'error',
      'no-console': 'off',
      // Typed arrays are indexed within known bounds; checks would cost time in hot loops.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // One overload per event or request name reads better than a union of functions.
      '@typescript-eslint/unified-signatures': 'off',
    },
  },
  ...typescript.configs.strictTypeCheckedOnly.map((config) => ({ ...config, ...typed })),
  {
    ...typed,
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // It reports assertions that TypeScript needs.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      // A function may be async to satisfy an interface without awaiting anything.
      '@typescript-eslint/require-await': 'off',
      // Lets the caller choose the type of a parsed value.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // Strings are spread into characters on purpose.
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  {
    // Tests pass invalid types and inspect untyped results; promises are still checked.
    files: ['test/**/*.ts'],
    rules: {
      ...typescript.configs.disableTypeChecked.rules,
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  {
    // The types assume a browser, but tests run the same files in Node.
    files: ['src-renderer/**'],
    rules: { '@typescript-eslint/no-unnecessary-condition': 'off' },
  },
  {
    files: ['scripts/**/*.mjs', 'native/**/*.mjs', '*.config.*'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: globals.node, sourceType: 'commonjs' },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { globals: globals.browser, parserOptions: { parser: typescript.parser } },
  },
  // Playwright fixtures must be destructured, even if none is used.
  { files: ['test/e2e/**'], rules: { 'no-empty-pattern': 'off' } },
);
