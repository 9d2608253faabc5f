import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import typescript from 'typescript-eslint';

/** Rules that need types cost seconds a run; Svelte's files are left to svelte-check. */
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
      // The sizes of typed arrays are known where they are indexed; a check there costs time in hot loops.
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
      // It asks to remove assertions that TypeScript then misses.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      // What is given where a promise is asked for is a promise, whether or not it waits for anything.
      '@typescript-eslint/require-await': 'off',
      // A parsed value gets its type from the one who asks.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // Characters are what is spread, on purpose.
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  {
    // Tests hand in what no type allows and look into what they get back; promises are watched all the same.
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
    // The types know browsers only; the same files run in tests without one.
    files: ['src-renderer/**'],
    rules: { '@typescript-eslint/no-unnecessary-condition': 'off' },
  },
  { files: ['scripts/**/*.mjs', '*.config.*'], languageOptions: { globals: globals.node } },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: globals.node, sourceType: 'commonjs' },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { globals: globals.browser, parserOptions: { parser: typescript.parser } },
  },
  // Playwright's fixtures must be destructured, an empty pattern where none is used.
  { files: ['test/e2e/**'], rules: { 'no-empty-pattern': 'off' } },
);
