// Run as a process of its own: prints the letter and says the digest of the file.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { letter } from './document.fixture.js'
import { ownFont } from './own-font.js'
import { pdfOf } from './pdf.js'

const own = readFileSync(ownFont())
const bytes = await pdfOf(letter, { own, body: undefined, title: undefined })
process.stdout.write(createHash('sha256').update(bytes).digest('hex'))
