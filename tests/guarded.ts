// For every test file: what may never happen is refused, not hung.
import { guardNesting } from '../shared/database/nesting-guard.js'

guardNesting()
