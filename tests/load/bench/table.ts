// The figures for people: medians with their spread, and the ratios that count.
import type { Result } from '../bench.js'
import { spreadOf, type Spread } from './measure.js'

const whole = (value: number): string => Math.round(value).toLocaleString('en')
const shown = ({ median, min, max }: Spread): string =>
  `${whole(median)} (${whole(min)}–${whole(max)})`

export function table(result: Result): string {
  const { machine, bus, E, S, calendar, calls, cases, slowCases, disputes, trust, storms, flat } =
    result
  const lines = [
    `machine: ${machine}; bus: ${bus}; every acknowledged act was counted back from the databases`,
    '',
    '| in flight | echo calls/s | opinions/s | ratio | echo p99 ms | opinion p99 ms | ratio |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...calls.map(({ inFlight, echo, opinions }) => {
      const [e, o] = [echo, opinions].map((all) => spreadOf(all.map((one) => one.perSecond)))
      const [ep, op] = [echo, opinions].map((all) => spreadOf(all.map((one) => one.p99)))
      if (!e || !o || !ep || !op) return ''
      return `| ${inFlight} | ${shown(e)} | ${shown(o)} | ${(o.median / e.median).toFixed(2)} | ${ep.median.toFixed(1)} | ${op.median.toFixed(1)} | ${(op.median / ep.median).toFixed(2)} |`
    }),
    '',
    `E (echo at 64 in flight): ${shown(E)} calls/s; S (raw rows, FULL, 100 a transaction): ${shown(S)} rows/s`,
    `cases/s at 64 in flight: ${shown(cases)} = ${(cases.median / E.median).toFixed(3)} E`,
    `cases/s with an injected sync of 3 ms: ${shown(slowCases)} = ${(slowCases.median / cases.median).toFixed(2)} of the above`,
    ...disputes.map(
      ({ inFlight, perSecond, callsEach, p50 }) =>
        `full disagreements/s at ${inFlight} in flight: ${perSecond.toFixed(1)}, ${callsEach.toFixed(0)} calls each, p50 ${whole(p50)} ms; calls/s ${whole(perSecond * callsEach)} = ${((perSecond * callsEach) / E.median).toFixed(3)} E`,
    ),
    ...trust.sealing.map(
      ({ cipher, perSecond, ofClear }) =>
        `opinions/s at 64 in flight, content sealed with ${cipher}: ${shown(perSecond)}, ${ofClear.median.toFixed(2)} (${ofClear.min.toFixed(2)}–${ofClear.max.toFixed(2)}) of the house that seals nothing`,
    ),
    ...trust.signing.map(
      ({ suite, perSecond, ofUnsigned }) =>
        `opinions/s at 64 in flight, each signed with ${suite} and verified: ${shown(perSecond)}, ${ofUnsigned.median.toFixed(2)} (${ofUnsigned.min.toFixed(2)}–${ofUnsigned.max.toFixed(2)}) of those that are not signed`,
    ),
    `asking the table of authorisation: ${trust.permitMicroseconds.toFixed(2)} µs a case`,
    ...storms.map(
      (one) =>
        `storm of ${whole(one.consultations)}: deemed in ${one.deemed.toFixed(2)} s, announced in ${one.announced.toFixed(2)} s = ${whole(one.perSecond)}/s = ${(one.perSecond / S.median).toFixed(3)} S; slowest reply meanwhile ${whole(one.slowestCallMs)} ms; RSS ${whole(one.rssBeforeMb)} → ${whole(one.rssAfterMb)} MB`,
    ),
    ...storms.map(
      (one) =>
        `memory per 100,000 open consultations: ${one.mbPer100k.toFixed(1)} MB (RSS of an empty house ${whole(one.rssEmptyMb)} MB, with ${whole(one.consultations)} open ${whole(one.rssBeforeMb)} MB)`,
    ),
    ...flat.map(
      (one) =>
        `cases/s on top of ${whole(one.stored)} stored cases: ${whole(one.perSecond)} (filled in ${whole(one.fillSeconds)} s; RSS ${whole(one.rssMb)} MB)`,
    ),
    `deadlines/s: ${shown(calendar.ours)}, by luxon ${shown(calendar.luxon)}: ${whole(calendar.ratio)} times; equal on every day compared`,
  ]
  return `${lines.join('\n')}\n`
}
