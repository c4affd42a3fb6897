// huiqian clock: whether the service trusts its clock, and a person's word that it may.
import {
  ConfirmClockResponse,
  GetClockRequest,
  GetClockResponse,
} from '../../../gen/huiqian/coordination/v1/consultation.js'
import { REQUEST_ID, type Command } from '../command.js'
import { timeText } from '../text/times.js'

const show: Command = {
  words: 'clock show',
  takes: [],
  about: { zh: '服务的时钟是否可信', en: 'whether the clock is in doubt' },
  options: {},
  async run(desk) {
    const calls = await desk.clocks()
    const answer = await calls.getClock(GetClockRequest.create())
    await desk.tell(GetClockResponse.toJSON(answer), () => [
      desk.say(`现在：${timeText(answer.now)}（北京时间）`, `Now: ${timeText(answer.now)} Beijing`),
      ...(answer.doubts.length === 0
        ? [desk.say('没有疑问', 'No doubt')]
        : answer.doubts.map((doubt) => desk.say(`存疑：${doubt}`, `In doubt: ${doubt}`))),
    ])
  },
}

const confirm: Command = {
  words: 'clock confirm',
  takes: [],
  about: {
    zh: '核对时钟后解除疑问（两名运行人员以同样的理由；记录在案）',
    en: 'clear a doubt after looking: two operators, in the same words; recorded',
  },
  options: {
    reason: { takes: '<text>', about: { zh: '为何可信', en: 'why it can be trusted' } },
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const calls = await desk.clocks()
    const request = { requestId: desk.requestId, reason: asked.text('reason') }
    const answer = await desk.change(() => calls.confirmClock(request))
    await desk.tell(ConfirmClockResponse.toJSON(answer), () =>
      answer.awaitsSecond
        ? [desk.say('已提议，待另一名运行人员以同样的理由确认', SECOND)]
        : answer.cleared.length === 0
          ? [desk.say('没有需要解除的疑问', 'There was no doubt to clear')]
          : answer.cleared.map((doubt) => desk.say(`已解除：${doubt}`, `Cleared: ${doubt}`)),
    )
  },
}

/** What is told of a proposal. */
export const SECOND = 'Proposed: another operator confirms it in the same words'

export const CLOCK_COMMANDS: readonly Command[] = [show, confirm]
