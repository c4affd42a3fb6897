// Typed lint: what the compiler lets through and we do not. Rules about rooms, doors and file sizes are in
// tests/house-rules.test.ts.
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

// Time, ids and randomness arrive as arguments; these are the only places that reach out for them.
const SOURCES_OF_CHANCE = [
  'shared/clock/system-clock.ts',
  'shared/identity/system-mint.ts',
  'shared/rpc/authority/**', // certificates are dated and numbered by the real world
  'services/*/main.ts',
  'services/launcher/**',
  'tests/**',
  '**/*.test.ts',
  '**/*.fixture.ts',
]

const arrives = 'it arrives as an argument (clock, mint, salt)'
const NO_CHANCE = [
  ["CallExpression[callee.object.name='Date'][callee.property.name='now']", 'Date.now()'],
  ["NewExpression[callee.name='Date'][arguments.length=0]", 'new Date()'],
  ["CallExpression[callee.object.name='Math'][callee.property.name='random']", 'Math.random()'],
  [
    'CallExpression[callee.property.name=/^(randomUUID|randomBytes|randomInt|getRandomValues)$/]',
    'chance',
  ],
  ['CallExpression[callee.name=/^(randomUUID|randomBytes|randomInt|uuidv[1-7])$/]', 'chance'],
].map(([selector, what]) => ({ selector, message: `${what}: ${arrives}` }))

const NO_DEFAULT_EXPORT = {
  selector: 'ExportDefaultDeclaration',
  message: 'A name is given once, where the thing is; no default exports.',
}

export default defineConfig(
  { ignores: ['gen/**', 'dist/**', 'data/**', 'test-results/**', 'coverage/**'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-for-in-array': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', NO_DEFAULT_EXPORT, ...NO_CHANCE],
      'prefer-const': 'error',
    },
  },
  {
    files: SOURCES_OF_CHANCE,
    rules: { 'no-restricted-syntax': ['error', NO_DEFAULT_EXPORT] },
  },
  { files: ['*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
)
