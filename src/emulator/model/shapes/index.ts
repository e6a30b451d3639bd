/**
 * The request structures of the service's model (2022-10-03), each under its name there. Written apart from
 * the client's on purpose: the local service is a second opinion on what the nodes send.
 */
export * from './cases';
export * from './definitions';
export * from './related-items';
export * from './several-cases';
