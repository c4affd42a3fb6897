// huiqian consultation: what an agency is asked, and by when.
import {
  Consultation,
  ConsultationState,
} from '../../../gen/huiqian/coordination/v1/coordination.js'
import {
  ExplainDeadlineResponse,
  ListConsultationsResponse,
} from '../../../gen/huiqian/coordination/v1/consultation.js'
import { LIMIT, type Command } from '../command.js'
import { firstOf } from '../pages.js'
import { citationOf } from '../text/citation.js'
import { consultationLine, consultationText } from '../text/consultation-text.js'
import { dayLines, deadlineLine, instantLine } from '../text/deadline-text.js'
import { timeText } from '../text/times.js'

const STATES = {
  issued: ConsultationState.ISSUED,
  undelivered: ConsultationState.UNDELIVERED,
  running: ConsultationState.RUNNING,
  answered: ConsultationState.ANSWERED,
  defective: ConsultationState.DEFECTIVE,
  'no-verdict': ConsultationState.NO_VERDICT,
  deemed: ConsultationState.DEEMED,
  expired: ConsultationState.EXPIRED,
  superseded: ConsultationState.SUPERSEDED,
  withdrawn: ConsultationState.WITHDRAWN,
}

const list: Command = {
  words: 'consultation list',
  takes: [],
  about: { zh: '列出向本机关征求的意见，按期限', en: 'what one is asked, by deadline' },
  options: {
    state: { takes: Object.keys(STATES).join('|'), about: { zh: '状态', en: 'state' } },
    ...LIMIT,
  },
  async run(desk, asked) {
    const calls = await desk.consultations()
    const state = asked.oneOf('state', STATES, ConsultationState.UNSPECIFIED)
    const states = state === ConsultationState.UNSPECIFIED ? [] : [state]
    const { items, nextPageToken } = await firstOf(asked.number('limit', 100), async (page) => {
      const answer = await calls.listConsultations({ states, ...page })
      return { items: answer.consultations, nextPageToken: answer.nextPageToken }
    })
    const names = await desk.names(items.map(({ releasingAgency }) => releasingAgency))
    const answer = { consultations: items, nextPageToken }
    await desk.tell(ListConsultationsResponse.toJSON(answer), () => [
      ...items.map((one) => consultationLine(one, names, desk.language)),
      ...desk.more(nextPageToken),
    ])
  },
}

const show: Command = {
  words: 'consultation show',
  takes: ['<consultation>'],
  about: { zh: '查看一项征求意见', en: 'one consultation' },
  options: {},
  async run(desk, asked) {
    const calls = await desk.consultations()
    const consultationId = asked.argument(0)
    const { consultation } = await calls.getConsultation({ consultationId })
    if (consultation === undefined) throw new Error('answered without a consultation')
    const names = await desk.names([consultation.agency, consultation.releasingAgency])
    await desk.tell(Consultation.toJSON(consultation), () =>
      consultationText(consultation, names, desk.language),
    )
  },
}

const explain: Command = {
  words: 'consultation explain',
  takes: ['<consultation>'],
  about: { zh: '期限如何计算，逾期有何效果', en: 'the deadline day by day, and what silence does' },
  options: {},
  async run(desk, asked) {
    const calls = await desk.consultations()
    const answer = await calls.explainDeadline({ consultationId: asked.argument(0) })
    const { deadline, receivedAt, article, effectZh, effectEn, holds } = answer
    await desk.tell(ExplainDeadlineResponse.toJSON(answer), () => [
      desk.say(`收到：${timeText(receivedAt)}`, `Received: ${timeText(receivedAt)} Beijing`),
      desk.say('期限：', 'Deadline: ') + deadlineLine(deadline, desk.language),
      ...dayLines(deadline?.days ?? [], desk.language),
      ...(deadline === undefined ? [] : [instantLine(deadline, desk.language)]),
      ...(article === undefined
        ? []
        : [desk.say('依据：', 'By: ') + citationOf(article, desk.language), `  ${article.text}`]),
      desk.say('效果：', 'Effect: ') + desk.say(effectZh, effectEn),
      ...holds.map(
        (hold) =>
          desk.say('暂不产生效果：', 'The effect waits: ') + desk.say(hold.textZh, hold.textEn),
      ),
    ])
  },
}

export const CONSULTATION_COMMANDS: readonly Command[] = [list, show, explain]
