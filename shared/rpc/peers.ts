// The address and the credentials with which a service calls another.

/** PEM texts: the authority that is trusted, and the caller's own certificate and key. */
export type Certificates = { readonly ca: string; readonly cert: string; readonly key: string }

/** Where a service is and as whom it is called. */
export type Channel = { readonly address: string; readonly certificates: Certificates }
