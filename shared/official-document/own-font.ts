// Where the font of the house lies: 思源宋体 (Noto Serif SC, OFL-1.1), one weight of a pinned package.
import { createRequire } from 'node:module'

const FILE = '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf'

export const ownFont = (): string => createRequire(import.meta.url).resolve(FILE)
