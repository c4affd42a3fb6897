// A call of the contract whose handler is still being built on this branch. Nothing that lands may use it.
import { serverStream, unary } from './rpc.js'

// eslint-disable-next-line @typescript-eslint/no-explicit-any
export const pending = unary<any, any>(() => {
  throw new Error('this call is not built yet')
})

// eslint-disable-next-line @typescript-eslint/no-explicit-any
export const pendingStream = serverStream<any, any>(() => {
  throw new Error('this call is not built yet')
})
