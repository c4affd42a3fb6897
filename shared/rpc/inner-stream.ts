// The HTTP/2 stream below a call. grpc-js offers no way to it, and two things need it: finding a
// connection's certificate once instead of decoding it at every call (13 us each), and resetting a
// stream whose reader has stopped (a status waits behind the unread data for ever). Where a version
// of grpc-js keeps it elsewhere, `undefined` makes the callers take the slow, public way.
import { constants, type ServerHttp2Stream } from 'node:http2'
import { TLSSocket } from 'node:tls'

/** The stream of a server call, or undefined where it cannot be found. */
export function innerStream(call: object): ServerHttp2Stream | undefined {
  const inner: unknown = Reflect.get(call, 'call')
  if (typeof inner !== 'object' || inner === null) return undefined
  const stream: unknown = Reflect.get(inner, 'stream')
  if (typeof stream !== 'object' || stream === null || !('session' in stream)) return undefined
  return stream as ServerHttp2Stream
}

/** The authorised TLS socket of a server call. Node's HTTP/2 shows it through a proxy, one for each session. */
export function innerSocket(call: object): TLSSocket | undefined {
  const socket = innerStream(call)?.session?.socket
  return socket instanceof TLSSocket && socket.authorized ? socket : undefined
}

/** Ends a stream at once, whatever is still unread. */
export function resetStream(call: object): void {
  innerStream(call)?.close(constants.NGHTTP2_ENHANCE_YOUR_CALM)
}
