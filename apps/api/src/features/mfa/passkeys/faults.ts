/** Why an answer is refused, in words for the log. */
export class PasskeyFault extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'PasskeyFault';
  }
}

/** Why a new passkey is none of those that an organisation takes. */
export type ModelRefusal =
  /** It does not prove what it is: no attestation, one without a certificate, or one of another format. */
  | 'untold'
  /** It is of a model that is not named. */
  | 'other_model'
  /** No certificate that is named vouches for it. */
  | 'unvouched';

export class ModelFault extends Error {
  constructor(readonly refusal: ModelRefusal) {
    super(`The model of the passkey is not taken: ${refusal}`);
    this.name = 'ModelFault';
  }
}
