/** Codes of what the client itself finds out about a channel. */
export type FaultCode = 'GAP' | 'CHECKSUM' | 'INVALID_MESSAGE';

/** Why a copy can not go on. */
export interface Fault {
  code: FaultCode;
  detail: string;
}

export const BAD_PAYLOAD: Fault = {
  code: 'INVALID_MESSAGE',
  detail: 'a message does not have what its channel carries',
};
