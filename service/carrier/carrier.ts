/** What the service needs of a mobile carrier. Bytes and counts are integers, times are milliseconds (UTC); null is "unlimited or not known", never 0. */
export type CarrierLine = {
  readonly iccid: string;
  readonly msisdn: string;
  readonly planId: string;
  readonly state: 'active' | 'expired' | 'suspended';
  readonly validFromMs: number | null;
  readonly validUntilMs: number | null;
  readonly data: { readonly totalBytes: number | null; readonly leftBytes: number | null };
  readonly voice: { readonly totalMinutes: number | null; readonly leftMinutes: number | null };
  readonly sms: { readonly total: number | null; readonly left: number | null };
  readonly usagePerDay: readonly { readonly date: string; readonly bytes: number }[];
  readonly asOfMs: number;
};

export type CarrierRenewal = {
  readonly renewalId: string;
  readonly key: string;
  readonly iccid: string;
  readonly planId: string;
  readonly months: number;
  /** accepted: will be applied · applied: the line has it */
  readonly state: 'accepted' | 'applied';
  readonly validUntilMs: number;
};

/** The carrier understood and said no: asking again changes nothing. */
export class CarrierRefusal extends Error {
  readonly status: number;

  constructor(what: string, status: number) {
    super(`the carrier refused ${what} with status ${status}`);
    this.name = 'CarrierRefusal';
    this.status = status;
  }
}

/** Every method throws CARRIER_UNAVAILABLE when there is no usable answer in time: the outcome is then unknown. */
export type Carrier = {
  /** Identifiers of the plans that the carrier sells now. */
  offers(): Promise<readonly string[]>;
  linesOf(holder: string): Promise<readonly CarrierLine[]>;
  /** null: the carrier does not know this line. */
  line(iccid: string): Promise<CarrierLine | null>;
  /** null: the code is not this line's. */
  claim(request: { readonly iccid: string; readonly claimCode: string; readonly holder: string }): Promise<CarrierLine | null>;
  /** Gives a line up that this holder has claimed, so that its code claims it anew. One that the holder does not have stays as it is. */
  release(request: { readonly iccid: string; readonly holder: string }): Promise<void>;
  /** The same key gives the same renewal, never a second one. Throws CarrierRefusal. */
  renew(request: {
    readonly key: string;
    readonly iccid: string;
    readonly planId: string;
    readonly months: number;
  }): Promise<CarrierRenewal>;
  /** To be asked after an unknown outcome, before any retry. */
  find(key: string): Promise<CarrierRenewal | null>;
  /** A text message to the line itself. Throws CarrierRefusal. */
  sms(request: { readonly iccid: string; readonly text: string; readonly key: string }): Promise<void>;
};
