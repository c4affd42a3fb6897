// The face of the room.
export { emptyRoot, leafHash, nodeHash, HASH_BYTES } from './hashing.js'
export { merkleTree, type MerkleTree } from './tree.js'
export { consistencyHolds, inclusionHolds } from './verify.js'
export {
  checkpointText,
  cosignatureBytes,
  cosignedMessage,
  parseCheckpoint,
  parseCosignature,
  type Checkpoint,
} from './checkpoint.js'
export {
  ED25519_COSIGNATURE,
  ED25519_NOTE,
  formatNote,
  noteKeyId,
  parseNote,
  parseVerifierKey,
  signaturesBy,
  verifierKey,
  type Note,
  type NoteKey,
  type NoteSignature,
} from './note.js'
export { formatTlogProof, parseTlogProof, type TlogProof } from './tlog-proof.js'
export {
  entriesPath,
  entryBundle,
  parseEntryBundle,
  tileBytes,
  tilePath,
  tilesOf,
  TILE_WIDTH,
  type Tile,
} from './tiles.js'
