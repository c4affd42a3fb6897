// Every reason for a no, in alphabetical order, with its message in both languages. A reason is
// stable for ever: programs compare it. {name} is filled from the refusal's parameters.
type Entry = { zh: string; en: string }

const reasons = {
  ADDRESSEE_NOT_ALLOWED: {
    zh: '{field}：依 {rule}，争议不能报请 {addressee}；可以报请：{allowed}。',
    en: '{field}: by {rule} a dispute does not go to {addressee}; it may go to: {allowed}.',
  },
  AGENCY_EXISTS: {
    zh: '{field}：{agency}（{name}）已经登记。要更改请用 UpdateAgency。',
    en: '{field}: {agency} ({name}) is registered already. Use UpdateAgency to change it.',
  },
  AGENCY_NOT_VALID: {
    zh: '{field}：行政机关 {agency} 在 {date} 不是有效机关（有效期外或已并入 {successor}）。请改用其承继机关。',
    en: '{field}: agency {agency} is not valid on {date} (outside its validity, or succeeded by {successor}). Name its successor instead.',
  },
  AGENCY_REPEATED: {
    zh: '{field}：行政机关 {agency} 出现了不止一次。每个涉及的机关只列一次。',
    en: '{field}: agency {agency} appears more than once. List each affected agency once.',
  },
  AGENCY_SUPERIORS_CIRCULAR: {
    zh: '{field}：上级关系成环（{chain}）。一个机关不能是自己的上级。',
    en: '{field}: the superiors form a circle ({chain}). No agency is above itself.',
  },
  AGENCY_UNKNOWN: {
    zh: '{field}：目录中没有统一社会信用代码为 {agency} 的行政机关。请核对代码，或先在目录登记。',
    en: '{field}: the directory has no agency with credit code {agency}. Check the code, or register the agency first.',
  },
  APPROVAL_NOT_DECLARED: {
    zh: '{field}：该批准机关不在提交时声明的批准机关之中（{declared}），记录它不会开启关口。请按声明的名称填写。',
    en: '{field}: this organ is not among the approving organs that were declared ({declared}), so its approval would open nothing. Name it as it was declared.',
  },
  ATTACHMENT_NOT_OF_DRAFT: {
    zh: '{field}：摘要为 {digest} 的附件不是所争议稿件的附件。处理意见只能保留该稿件的附件。',
    en: '{field}: the file with digest {digest} is none of the draft in dispute. A ruling can only keep files of that draft.',
  },
  ATTACHMENT_TOO_LARGE: {
    zh: '{field}：附件超过了声明或允许的大小（{limit} 字节）。',
    en: '{field}: the attachment is larger than declared or allowed ({limit} bytes).',
  },
  ATTACHMENT_UNKNOWN: {
    zh: '{field}：没有摘要为 {digest} 的已上传附件。请先完成上传（24 小时内绑定）。',
    en: '{field}: no uploaded attachment has digest {digest}. Finish the upload first (and bind it within 24 hours).',
  },
  CALENDAR_DATE_BOTH: {
    zh: '{field}：{date} 既列为放假又列为上班。同一日期只能列一次。',
    en: '{field}: {date} is listed both as a day off and as worked. List a date once.',
  },
  CALENDAR_DATE_OUTSIDE: {
    zh: '{field}：{date} 不在 {year} 年内。日期须归入其所在年份。',
    en: '{field}: {date} does not lie in {year}. File a date under its own year.',
  },
  CALENDAR_DATE_TWICE: {
    zh: '{field}：{date} 列了不止一次。同一日期只留一次。',
    en: '{field}: {date} is listed more than once. Keep it once.',
  },
  CALENDAR_FORM: {
    zh: '{field}：格式不符，应为 {expected}。',
    en: '{field}: not as expected; it should be {expected}.',
  },
  CALENDAR_INSTRUMENT_CONFLICT: {
    zh: '{field}：文件“{value}”前后记载不一致：{one} 与 {other}。请核对原文。',
    en: '{field}: two records of “{value}” differ: {one} and {other}. Check them against its text.',
  },
  CALENDAR_INSTRUMENT_KNOWN: {
    zh: '{field}：“{value}”已在日历中。更正须另有文件。',
    en: '{field}: “{value}” is in the calendar already. A correction needs an instrument of its own.',
  },
  CALENDAR_INSTRUMENT_UNKNOWN: {
    zh: '{field}：没有名为“{value}”的文件。每一日期须注明设定它的通知。',
    en: '{field}: no instrument is named “{value}”. Each date names the notice that set it.',
  },
  CALENDAR_MAKE_UP_WEEKDAY: {
    zh: '{field}：{date} 是周一至周五，不能作为调休上班日。',
    en: '{field}: {date} is a weekday; only a Saturday or a Sunday can be a make-up working day.',
  },
  CALENDAR_REPLAY: {
    zh: '{field}：按各文件依次推算，{date} 与所列不符。请核对 by、adds、removes。',
    en: '{field}: replayed from its instruments, {date} is not as listed. Check by, adds and removes.',
  },
  CALENDAR_YEAR_ABSENT: {
    zh: '{field}：工作日历没有 {year} 年的数据，不能计算期限。请导入该年的放假通知。',
    en: '{field}: the calendar has no data for {year}, so no period can be computed. Import the notice of that year.',
  },
  CALL_NOT_PERMITTED: {
    zh: '您的身份（{caller}）不能调用 {call}。请用有此权限的证书，或由相应机关、运行人员办理。',
    en: 'Your identity ({caller}) may not make the call {call}. Use a certificate that may, or ask the agency or the operator whose call it is.',
  },
  CANDIDATE_UNAVAILABLE: {
    zh: '{field}：不能改由该候选机关（{agency}）协调：{why}（{rule}）。请在协调事项列出的其他候选机关中选择。',
    en: '{field}: this candidate ({agency}) cannot coordinate: {why} ({rule}). Choose another of the candidates that the dispute lists.',
  },
  CERTIFICATE_REQUEST_FAULT: {
    zh: '{field}：证书请求不能采用：{why}（{rule}）。请重新生成（PKCS #10，DER；EC P-256/P-384、Ed25519 或不少于 3072 位的 RSA）。',
    en: '{field}: this certificate request cannot be used: {why} ({rule}). Make it anew (PKCS #10, DER; EC P-256 or P-384, Ed25519, or RSA of at least 3,072 bits).',
  },
  CLOSED_IN_THIS_STATE: {
    zh: '该事项目前的状态（{state}）不允许此操作。请先查看其状态。',
    en: 'The case is in a state ({state}) in which this may not be done. Look at its state first.',
  },
  CONFIRMATION_CLOSED: {
    zh: '{field}：该版本已可以发布，确认不能再更改（{rule}）。仍认为不准确的，请书面告知牵头机关修订或撤回。',
    en: '{field}: the version is cleared, so the confirmation can no longer be replaced ({rule}). If it is still not accurate, tell the lead agency in writing, so that it revises or withdraws.',
  },
  CONSULTATIONS_OPEN: {
    zh: '对 {agency} 的征求意见尚未结束，依处理意见修改的稿件须待其结束后提交（{rule}）。',
    en: 'The consultation of {agency} is still open; the text of the ruling is submitted once it has ended ({rule}).',
  },
  CONSULTING_ONESELF: {
    zh: '{field}：不能向拟发布机关自己征求意见。请从涉及机关中去掉 {agency}。',
    en: '{field}: an agency does not consult itself. Take {agency} out of the affected agencies.',
  },
  COORDINATOR_UNKNOWN: {
    zh: '{field}：没有可以受理的协调机关（{addressee}，{rule}）。{why}请另选协调机关，或在目录中补正。',
    en: '{field}: there is no coordinator of this kind ({addressee}, {rule}). {why} Choose another, or correct the directory.',
  },
  CONTENT_IN_USE: {
    zh: '{field}：只有已撤回的信息可以销毁内容（{rule}）。请先撤回。',
    en: '{field}: only what was withdrawn can have its content destroyed ({rule}). Withdraw it first.',
  },
  CO_PRODUCER_AFFECTED: {
    zh: '{field}：{agency} 是联合制作机关，须沟通确认（{rule}），不能同时作为涉及机关征求意见。请只列一处。',
    en: '{field}: {agency} made the information with you and confirms it ({rule}); it is not consulted as an affected agency besides. List it once.',
  },
  CO_PRODUCING_WITH_ONESELF: {
    zh: '{field}：{agency} 是提交机关自己；只列其他联合制作机关（{rule}）。',
    en: '{field}: {agency} is the submitting agency itself; list only the others that made the information ({rule}).',
  },
  CO_REVIEW_MISSING: {
    zh: '作出处理意见前，须会同本级法制、保密、监察部门研究（{rule}）；尚缺：{bodies}。请用 RequestCoReview 征求，并等待其书面意见。',
    en: 'Before ruling, the legal, secrecy and supervision bodies of the level must be heard ({rule}); still missing: {bodies}. Ask them with RequestCoReview and wait for their written views.',
  },
  CREDENTIAL_EXISTS: {
    zh: '{field}：该证书已经登记，无须再登记；另一张证书请用其自己的指纹。',
    en: '{field}: this certificate is on record already and need not be registered again; register another by its own fingerprint.',
  },
  CREDENTIAL_REFUSED: {
    zh: '证书未被接受：{why}。',
    en: 'The certificate is not accepted: {why}.',
  },
  CREDENTIAL_REVOKED: {
    zh: '{field}：该证书已被吊销，不能再登记。请另发新证书。',
    en: '{field}: this certificate was revoked and is never registered again. Issue a new one.',
  },
  CREDIT_CODE_MALFORMED: {
    zh: '{field}：{agency} 不是有效的统一社会信用代码（{fault}）。应为 18 位，末位为校验码（GB 32100）。',
    en: '{field}: {agency} is not a valid unified social credit code ({fault}). It has 18 characters, the last a check character (GB 32100).',
  },
  DATE_MALFORMED: {
    zh: '{field}：“{value}”不是有效日期，应为 YYYY-MM-DD。',
    en: '{field}: “{value}” is not a date; write YYYY-MM-DD.',
  },
  DEADLINE_PASSED: {
    zh: '规定时间内没有得到结果，操作可能已经完成。请用同一 request_id 再问。',
    en: 'There was no result in time; the call may have taken effect. Ask again with the same request_id.',
  },
  DECLARATION_ANSWERED: {
    zh: '{field}：该声明已经答复在案（{rule}）。',
    en: '{field}: this declaration has been answered on record ({rule}).',
  },
  DIGEST_MISMATCH: {
    zh: '{field}：摘要不符，应为 {expected}，收到 {given}。请对实际发送的内容重新计算摘要（见 proto/DIGESTS.md）后再发。',
    en: '{field}: the digest does not match: expected {expected}, given {given}. Compute it again from what is really sent (see proto/DIGESTS.md) and repeat the call.',
  },
  DISPUTE_FILED_ALREADY: {
    zh: '该事项已报请协调（{dispute}），尚在处理中（{rule}）。受理前可以改报（RedirectDispute）。',
    en: 'The matter is with its coordinator already, as dispute {dispute} ({rule}). Until it is accepted it can be redirected (RedirectDispute).',
  },
  DISPUTE_NOT_ACCEPTED: {
    zh: '该协调事项尚未受理。请先用 AcceptDispute 受理。',
    en: 'The dispute is not accepted yet. Accept it first (AcceptDispute).',
  },
  DISPUTE_OVER: {
    zh: '该协调事项已{status}，不能再办理。',
    en: 'The dispute is {status}; nothing more can be done in it.',
  },
  DOCUMENTS_BUSY: {
    zh: '等待排版的公文过多。请稍后再试。',
    en: 'Too many documents wait to be printed. Try again later.',
  },
  DOCUMENT_DESTROYED: {
    zh: '该函件的内容已销毁，只留有收发记录，无法排印；签收回执仍可取得。',
    en: 'The content of this letter was destroyed; only the record of its delivery is left, and it cannot be printed. Its receipt can.',
  },
  DOCUMENT_GLYPH_MISSING: {
    zh: '字体中没有字符“{character}”（{code}），不能排印为空白。请配置含该字的字体（HUIQIAN_FONT_BODY），或改用 HTML。',
    en: 'No font has a glyph for “{character}” ({code}), and it must not be printed as a blank. Configure a font that has it (HUIQIAN_FONT_BODY), or ask for HTML.',
  },
  DRAFT_UNCHANGED: {
    zh: '{field}：修订稿与当前稿件相同，不构成新版本。请提交改动后的稿件；没有改动则无须修订。',
    en: '{field}: the revised draft is the same as the present one, so there is no new version. Submit the changed draft; without a change there is nothing to revise.',
  },
  ENROLMENT_OVER: {
    zh: '{field}：该证书请求已经办结（{rule}）。请提交新的请求。',
    en: '{field}: this certificate request has been decided on ({rule}). Hand in a new one.',
  },
  FIELD_MISSING: {
    zh: '{field}：必填。{why}',
    en: '{field}: required. {why}',
  },
  FIELD_TOO_LONG: {
    zh: '{field}：长度 {length} 超过上限 {limit} 字节。',
    en: '{field}: {length} bytes are more than the limit of {limit}.',
  },
  FIELD_VALUE: {
    zh: '{field}：值“{value}”不可用。{why}',
    en: '{field}: the value “{value}” cannot be used. {why}',
  },
  INSTANT_MALFORMED: {
    zh: '{field}：“{value}”不是带时区的时刻，应如 2026-09-28T10:00+08:00。',
    en: '{field}: “{value}” is not an instant with its offset; write it as 2026-09-28T10:00+08:00.',
  },
  INTERNAL_ERROR: {
    zh: '服务内部错误，已记录。结果不明，请用同一 request_id 再问；若仍如此，请联系运行单位。',
    en: 'An internal error, which has been logged. The outcome is unknown: ask again with the same request_id; if it stays so, call the operator.',
  },
  IN_DOUBT: {
    zh: '现在不能安全地答复：{why}。请用同一 request_id 再问。',
    en: 'This cannot be answered safely now: {why}. Ask again with the same request_id.',
  },
  KEY_NEEDS_SECOND_OPERATOR: {
    zh: '{field}：此密钥事项由 {operator} 提议，须由另一位安全管理员确认（{rule}）。',
    en: '{field}: {operator} proposed this; another security operator confirms it ({rule}).',
  },
  LETTERS_ON_THE_WAY: {
    zh: '{field}：该信息的函件尚未全部送出，其内容还不能销毁（{rule}）。请稍后再试。',
    en: '{field}: letters of this release are still being posted, so its content cannot be destroyed yet ({rule}). Ask again later.',
  },
  LETTER_ID_REUSED: {
    zh: '该信件标识已用于另一封信件（收件机关、种类或所涉事项不同）。新信件请用新的标识。',
    en: 'This letter id was used for another letter (another recipient, kind or matter). A new letter needs a new id.',
  },
  LETTER_RECEIVED_BY_WIRE: {
    zh: '该函已由系统送达，期限自该次送达起算，不能再登记纸质送达（{rule}）。',
    en: 'The letter was received by wire, and the clock runs from that; no service on paper is recorded beside it ({rule}).',
  },
  LIST_TOO_LONG: {
    zh: '{field}：有 {length} 项，超过上限 {limit} 项。',
    en: '{field}: {length} entries are more than the limit of {limit}.',
  },
  MALFORMED_LINE: {
    zh: '这一行不是 JSON 对象。每行一个 {"id","receivedAt","workingDays"}。',
    en: 'This line is not a JSON object. Give one {"id","receivedAt","workingDays"} a line.',
  },
  NOTHING_IN_DISPUTE: {
    zh: '对当前稿件没有不同意见，没有可以协商或报请协调的事项（{rule}）。',
    en: 'Nobody disagrees with the present version, so there is nothing to negotiate or to escalate ({rule}).',
  },
  NOTICE_NEEDS_SECOND_OPERATOR: {
    zh: '{field}：该通知由 {operator} 提议，须由另一位操作员以同样内容确认（{rule}）。',
    en: '{field}: {operator} proposed this notice; another operator confirms the same words ({rule}).',
  },
  NOTIFICATION_HOOKS_TOO_MANY: {
    zh: '每个机关最多设 {limit} 个提醒地址。请先用 RemoveNotificationHook 删除一个。',
    en: 'An agency has at most {limit} notification hooks. Remove one first (RemoveNotificationHook).',
  },
  NOTIFICATION_MAIL_OFF: {
    zh: '本系统没有配置邮件服务器（HUIQIAN_SMTP），不能发送邮件提醒。请改用 webhook，或请管理员配置。',
    en: 'No mail server is configured here (HUIQIAN_SMTP), so that e-mail cannot be sent. Use a webhook, or ask the operator to configure one.',
  },
  NOT_CLEARED: {
    zh: '该事项尚不可以发布。请用 ExplainClearance 查看未开启的关口。',
    en: 'The release is not cleared. ExplainClearance lists the gates that are shut.',
  },
  NOT_FOUND: {
    zh: '没有这样的事项，或者与您无关。',
    en: 'There is no such thing, or none that concerns you.',
  },
  NO_AFFECTED_AGENCY: {
    zh: '{field}：没有列出涉及的行政机关，也没有说明理由。依 {rule}，请列出涉及机关，或说明为何不涉及其他机关。',
    en: '{field}: no affected agency is named and no reason is given. By {rule}, name the affected agencies, or say why there are none.',
  },
  NO_BREACH_ON_RECORD: {
    zh: '{field}：该事项没有违反规定的记录，不能移送（{rule}）。',
    en: '{field}: no breach of this release is on record, so there is nothing to refer ({rule}).',
  },
  NO_CHANGES_ASKED: {
    zh: '{field}：该机关对当前稿件没有尚待处理的“修改后同意”（{rule}）。',
    en: '{field}: the agency has no consent with changes on the present version that is still to be answered ({rule}).',
  },
  NO_NEGOTIATION_ON_RECORD: {
    zh: '没有协商记录，不能报请协调（{rule}）。请先用 RecordNegotiation 记录协商；退回协商的，须有退回后的新记录。',
    en: 'No round of negotiation is on record, so nothing can be escalated ({rule}). Record one with RecordNegotiation; after a return to negotiation a new one is needed.',
  },
  NO_OPINION_AWAITED: {
    zh: '该征求意见目前不等待意见（状态：{status}）。请用 ListConsultations 查看现在等待本机关答复的征求意见。',
    en: 'No opinion is awaited on this consultation now (status: {status}). ListConsultations shows those that await your reply.',
  },
  NO_PAPER_SERVICE: {
    zh: '该征求意见没有纸质送达的登记（{rule}）。',
    en: 'No service on paper is on record for this consultation ({rule}).',
  },
  NO_SUPERIOR: {
    zh: '目录中没有可以接办的上一级行政机关，或者它是当事机关、已经办理过该事项。请自行处理，或退回协商。',
    en: 'The directory has no superior organ that could take this over, or it is a party or had the dispute before. Rule on it, or return it to negotiation.',
  },
  OFFICER_TOKEN_INVALID: {
    zh: '经办人令牌不可用：{why}（{rule}）。请由本机关登记的密钥重新签发，或不附令牌。',
    en: 'The officer token cannot be used: {why} ({rule}). Have one signed anew with a registered key of your agency, or send none.',
  },
  ONLY_COMPETENT_AUTHORITY: {
    zh: '只有政府信息公开工作主管部门可以进行该操作。',
    en: 'Only the competent authority for disclosure may do this.',
  },
  ONLY_CONSULTED_AGENCY: {
    zh: '只有被征求意见的机关可以进行该操作。',
    en: 'Only the consulted agency may do this.',
  },
  ONLY_COORDINATOR: {
    zh: '只有协调机关可以进行该操作。',
    en: 'Only the coordinator of the dispute may do this.',
  },
  ONLY_RELEASING_AGENCY: {
    zh: '只有拟发布机关可以进行该操作。请联系拟发布机关，或以其证书调用。',
    en: 'Only the releasing agency may do this. Ask it to, or call with its certificate.',
  },
  ORIGIN_NOT_YOURS: {
    zh: '{field}：该信息由 {maker} 制作，应由其发布（{rule}）。',
    en: '{field}: the information was made by {maker}, which is the one to release it ({rule}).',
  },
  OVERLOADED: {
    zh: '服务繁忙，请稍后再试。',
    en: 'The service is overloaded; try again later.',
  },
  OVERTAKEN: {
    zh: '该事项同时被别人改动，请重新读取后再试。',
    en: 'Somebody else changed this at the same time; read it again and retry.',
  },
  PACK_NOT_APPLICABLE: {
    zh: '{field}：规则包 {pack} 不适用于该事项：{why}（{rule}）。请另选规则包。',
    en: '{field}: policy pack {pack} is not made for this release: {why} ({rule}). Choose another pack.',
  },
  PACK_NOT_ADOPTED: {
    zh: '{field}：规则包 {pack} 尚未启用，须由两名运行人员用 AdoptPolicyPack 启用后方可用于新的事项（{rule}）。',
    en: '{field}: policy pack {pack} is not followed yet; two operators adopt it with AdoptPolicyPack first ({rule}).',
  },
  PACK_UNKNOWN: {
    zh: '{field}：没有名为 {pack} 的规则包（或在 {date} 无效）。用 ListPolicyPacks 查看。',
    en: '{field}: there is no policy pack {pack} (or none valid on {date}). See ListPolicyPacks.',
  },
  PAGE_TOKEN: {
    zh: 'page_token：无法识别。请从第一页重新列出。',
    en: 'page_token: not recognised. List again from the first page.',
  },
  PAPER_BEFORE_LETTER: {
    zh: '{field}：早于征求意见函的发出时间，函件发出之前不可能送达或答复（{rule}）。请核对凭证上的时间。',
    en: '{field}: it lies before the letter was issued, and nobody can receive or answer it before that ({rule}). Check the time on the evidence.',
  },
  PAPER_LIFTS_OBJECTION: {
    zh: '该机关的不同意见由其自己答复，不能由拟发布机关登记的纸质答复撤回；由其自己答复或登记，或由政府信息公开工作主管部门登记（{rule}）。',
    en: 'The agency’s own objection stands; a reply on paper that the releasing agency records does not lift it. The agency replies or records it itself, or the competent authority records it ({rule}).',
  },
  PAPER_SERVICE_CONTESTED: {
    zh: '该纸质送达已有异议在案，等待政府信息公开工作主管部门决定（{rule}）。',
    en: 'The service on paper is contested already and waits for the competent authority ({rule}).',
  },
  PAPER_SERVICE_DECIDED: {
    zh: '政府信息公开工作主管部门已对该纸质送达作出决定（{rule}）。',
    en: 'The competent authority has decided on this service on paper ({rule}).',
  },
  PAPER_SERVICE_NOT_IN_DOUBT: {
    zh: '该纸质送达没有异议，登记也未逾期，无须确认；确认会使被征求意见机关不能再提异议（{rule}）。',
    en: 'The service on paper is neither contested nor late on record, so there is nothing to confirm; to confirm it would cut off the contest ({rule}).',
  },
  PAPER_SERVICE_ON_RECORD: {
    zh: '该征求意见的纸质送达已登记（{rule}）。',
    en: 'A service on paper is on record for this consultation ({rule}).',
  },
  PERIOD_LENGTH: {
    zh: '{field}：期限“{value}”不可用，应为 1 至 {limit} 的整数天（{rule}）。',
    en: '{field}: a period of “{value}” cannot be counted; give a whole number of days from 1 to {limit} ({rule}).',
  },
  PERIOD_REVERSED: {
    zh: '{field}：止日早于起日。',
    en: '{field}: the end lies before the beginning.',
  },
  POSITION_MISSING: {
    zh: '{field}：协商记录须有拟发布机关和至少一个持不同意见机关的立场（{rule}）。',
    en: '{field}: a round holds the position of the releasing agency and of at least one agency that disagrees ({rule}).',
  },
  POSITION_OF_STRANGER: {
    zh: '{field}：{agency} 未就当前稿件被征求意见，也不是联合制作机关，不能列为协商参加者（{rule}）。',
    en: '{field}: {agency} is neither consulted on the present version nor a co-producer, so it takes no part in its negotiation ({rule}).',
  },
  PUBLISHER_NOT_LAWFUL: {
    zh: '{field}：{category} 依{law}只能由法定机关发布（{publishers}），您不是该机关（{rule}）。请由其发布。',
    en: '{field}: by {law} only the statutory publisher may release {category} ({publishers}), and you are not it ({rule}). Leave the release to it.',
  },
  REDIRECTION_CLOSED: {
    zh: '该协调事项已受理或已移送上级，不能再改变协调机关。',
    en: 'The dispute was accepted or handed up; its coordinator can no longer be chosen.',
  },
  REFERRAL_ADDRESSEE: {
    zh: '{field}：{agency} 不是监察机关或上一级行政机关（{rule}）。可以移送：{addressees}。',
    en: '{field}: {agency} is neither the supervision body nor a superior organ ({rule}). A breach may be referred to: {addressees}.',
  },
  REGION_UNKNOWN: {
    zh: '{field}：“{value}”不是地区代码，应为 CN、CN-GX 或六位行政区划代码（GB/T 2260）。',
    en: '{field}: “{value}” is no region; write CN, CN-GX or a six-digit code of GB/T 2260.',
  },
  RELEASE_ENDED: {
    zh: '该事项已{status}，不能再{act}。',
    en: 'The release is {status}; it can no longer {act}.',
  },
  REQUEST_ID_REUSED: {
    zh: 'request_id：{requestId} 已用于另一项命令。相同命令才可重用；新命令请用新的 request_id。',
    en: 'request_id: {requestId} was used for another command. Reuse it only to repeat the same command; a new command needs a new one.',
  },
  REQUEST_UNREADABLE: {
    zh: '请求无法按接口定义解析。请核对所用的接口定义。',
    en: 'The request cannot be read as the contract defines it. Check which contract you use.',
  },
  REVIEWING_ONESELF: {
    zh: '{field}：协调机关不向自己（{agency}）征求会同意见。',
    en: '{field}: the coordinator ({agency}) does not ask itself for a view.',
  },
  REVOCATION_NEEDS_SECOND_OPERATOR: {
    zh: '{field}：该证书的吊销由 {operator} 提议，须由另一位安全管理员确认（{rule}）。',
    en: '{field}: {operator} proposed this revocation; another security operator confirms it ({rule}).',
  },
  REVISION_UNKNOWN: {
    zh: '{field}：{value} 时尚无日历修订版。',
    en: '{field}: no revision of the calendar was on record at {value}.',
  },
  ROLE_TAKEN: {
    zh: '{field}：{region} 同一层级的角色 {role} 已由 {name}（{holder}）担任。每一层级和地区只有一个。',
    en: '{field}: at its level in {region} the role {role} is held by {name} ({holder}). There is one per level and region.',
  },
  RULED_AGAINST: {
    zh: '{field}：该文本（第 {version} 稿）已经处理意见决定不得发布或须修改后发布，不能再次提交（{rule}）。请提交另一文本。',
    en: '{field}: this text (version {version}) was ruled not to be released as it stands and cannot be submitted again ({rule}). Submit another text.',
  },
  SECRECY_REVIEW_MISSING: {
    zh: '{field}：须先有保密审查记录，征求意见本身就是披露（{rule}）。',
    en: '{field}: a secrecy review must be on record first, for a consultation is itself a disclosure ({rule}).',
  },
  SECRECY_REVIEW_ON_RECORD: {
    zh: '该版本的保密审查已记录在案，不能再次记录。',
    en: 'The secrecy review of this version is on record already.',
  },
  SIGNATURE_INVALID: {
    zh: '{field}：签名与所附陈述或登记的公钥不符：{why}（{rule}）。',
    en: '{field}: the signature does not hold: {why} ({rule}).',
  },
  SIGNATURE_REQUIRED: {
    zh: '{field}：此行为须附本机关的签名（{rule}）：本机关登记了须签名的密钥，或该事项的规则要求签名。签名方法见 proto/ACTS.md。',
    en: '{field}: this act must carry your agency’s signature ({rule}): it has registered a key that requires one, or the rule of the case does. How to sign: proto/ACTS.md.',
  },
  SIGNING_KEY_EXISTS: {
    zh: '{field}：该签名公钥已登记（其他机关，或其他要求）或已停用，不能再登记（{rule}）。请换用新的密钥。',
    en: '{field}: this signing key is registered otherwise, or was retired; it cannot be registered again ({rule}). Use a new key.',
  },
  SLOW_READER: {
    zh: '读取过慢，数据流已断开。请从游标“{cursor}”继续。',
    en: 'The stream was cut off, for it was read too slowly. Go on from the cursor “{cursor}”.',
  },
  SPECIAL_CATEGORY_UNKNOWN: {
    zh: '{field}：规则包没有特殊类别“{category}”。已知的类别：{known}。',
    en: '{field}: the policy pack has no special category “{category}”. It knows: {known}.',
  },
  STATE_SECRET: {
    zh: '{field}：标注为国家秘密的内容不得进入本系统，未予保存。',
    en: '{field}: content marked as a state secret may not enter this system; nothing was stored.',
  },
  STOPPING: {
    zh: '服务正在停止。请稍后重新连接；数据流从最后的游标继续，命令用同一 request_id 再问。',
    en: 'The service is stopping. Connect again shortly: go on with streams from the last cursor, and ask again with the same request_id.',
  },
  TEXT_NOT_NFC: {
    zh: '{field}：文本须为 Unicode NFC 形式，且不含回车符(CR)或替换字符。请规范化后重发。',
    en: '{field}: the text must be in Unicode form NFC, without carriage returns or replacement characters. Normalise it and send it again.',
  },
  TIME_MALFORMED: {
    zh: '{field}：“{value}”不是时间，应为 HH:MM 或 24:00。',
    en: '{field}: “{value}” is not a time of day; write HH:MM or 24:00.',
  },
  TOO_MANY_CALLS: {
    zh: '本机关的调用过于频繁，请在 {wait} 毫秒后再试（{rule}）。答复类调用另有限额，不受影响。',
    en: 'Your agency calls too often; try again in {wait} ms ({rule}). Replies have a budget of their own.',
  },
  TOO_MANY_CONNECTIONS: {
    zh: '本机关同时使用的连接已达上限（{limit} 个），请关闭不用的连接，或在一个连接上发出多个调用（{rule}）。答复类调用不受影响。',
    en: 'Your agency uses {limit} connections at once, which is the limit: close those not needed, or make many calls on one ({rule}). Replies are not affected.',
  },
  UNAUTHENTICATED: {
    zh: '没有可用的身份：{why}。请使用恰有一个 URI SAN 的有效证书。',
    en: 'No usable identity: {why}. Use a valid certificate with exactly one URI SAN.',
  },
  VERSION_SUPERSEDED: {
    zh: '{field}：所答复的稿件（{given}）不是当前稿件。请对当前版本（第 {version} 稿）答复。',
    en: '{field}: the draft replied to ({given}) is not the current one. Reply to the current version ({version}).',
  },
} as const satisfies Record<string, Entry>

/** A stable reason. */
export type Reason = keyof typeof reasons

export const CATALOGUE: Readonly<Record<Reason, Entry>> = reasons
