// Who may touch what: an agency its own mailbox, a service the letters that it posted. Everything else does not
// exist for them.
export {
  notFound,
  ownAgency as mailboxOf,
  ownService as serviceNameOf,
} from '../../../shared/authorisation/permit.js'
