// What is said is sealed before it is stored: by a key of its release, which is sealed by a key that is not
// in the database. See README.md for what that protects from, and what not.
export { dataKeyMigration, type DataKeyTable } from './data-keys.js'
export { addKey, dropKey, openKeyFile, readKeyFile } from './key-file.js'
export type { KeyRing } from './key-ring.js'
export { mustAnswerAsKnown } from './known-answers.js'
export { SUITE_NAMES, type SuiteName } from './suites.js'
export { clearVault, openVault, type Found, type OpenVault, type Vault } from './vault.js'
