// Real servers that notifications go to: an https server and a mail server with TLS, each with a
// certificate of an authority made for it.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { AddressInfo, Server, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import { systemClock } from '../../shared/clock/system-clock.js'
import { ensureAuthority, ensureCertificate } from '../../shared/rpc/authority.js'

export type Received = {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export type ReceivedMail = { readonly from: string; readonly to: string; readonly data: string }

export async function certificatesForServers() {
  const dir = mkdtempSync(join(tmpdir(), 'huiqian-notified-'))
  const authority = await ensureAuthority(dir, systemClock.now)
  const names = { dns: ['localhost'], ips: ['127.0.0.1'] }
  const uri = 'spiffe://notified.test/service/hook'
  const { ca, cert, key } = await ensureCertificate(authority, { uri, file: 'server', ...names })
  return { ca, cert, key, remove: () => rmSync(dir, { recursive: true, force: true }) }
}

type Pair = { readonly cert: string; readonly key: string }

/** An https server that answers with `answer`, 204 where there is none, and keeps what it was sent. */
export async function webhookServer({ cert, key }: Pair) {
  const received: Received[] = []
  const server = createServer({ cert, key }, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { url = '', headers } = request
      received.push({ path: url, headers, body: Buffer.concat(chunks).toString() })
      hook.answer(response, url)
    })
  })
  const hook = {
    received,
    answer: (response: ServerResponse, _path: string): void => void response.writeHead(204).end(),
    ...(await listening(server)),
  }
  return hook
}

/** A mail server that speaks as much SMTP as is needed; `refuse` makes it answer recipients with 550. */
export async function mailServer({ cert, key }: Pair) {
  const mails: ReceivedMail[] = []
  const mail = { mails, refuse: false }
  const server = createTlsServer({ cert, key }, (socket) => {
    let [from, to, data] = ['', '', undefined as string | undefined]
    let rest = ''
    const say = (line: string): void => void socket.write(`${line}\r\n`)
    const hear = (line: string): void => {
      if (data !== undefined) {
        if (line !== '.') return void (data += `${line}\n`)
        mails.push({ from, to, data })
        data = undefined
        return say('250 taken')
      }
      const word = line.slice(0, 4).toUpperCase()
      if (word === 'EHLO') return say('250-notified.test\r\n250 AUTH PLAIN')
      if (word === 'AUTH') return say('235 known')
      if (word === 'MAIL') from = line
      if (word === 'RCPT') to = line
      if (word === 'RCPT' && mail.refuse) return say('550 nobody here')
      if (word === 'DATA') data = ''
      say(word === 'DATA' ? '354 go on' : word === 'QUIT' ? '221 bye' : '250 well')
    }
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString('latin1')).split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) hear(line)
    })
    say('220 notified.test')
  })
  return Object.assign(mail, await listening(server))
}

async function listening(server: Server) {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    onConnection: (listener: () => void) => void server.on('connection', listener),
    url: `https://localhost:${port}/hook`,
    close: async (): Promise<void> => {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
