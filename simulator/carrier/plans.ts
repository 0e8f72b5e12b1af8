/** What the sample carrier sells: a month's allowances. Gigabytes are 10⁹ bytes, as carriers count. */
export type CarrierPlan = {
  readonly planId: string;
  readonly name: string;
  readonly dataBytes: number;
  readonly voiceMinutes: number;
  readonly smsCount: number;
};

const gigabyte = 1_000_000_000;

export const carrierPlans: readonly CarrierPlan[] = [
  { planId: 'leb-europe-20', name: 'LEB Europe 20 GB', dataBytes: 20 * gigabyte, voiceMinutes: 100, smsCount: 50 },
  { planId: 'leb-global-5', name: 'LEB Global 5 GB', dataBytes: 5 * gigabyte, voiceMinutes: 30, smsCount: 20 },
  { planId: 'leb-asia-10', name: 'LEB Asia 10 GB', dataBytes: 10 * gigabyte, voiceMinutes: 60, smsCount: 30 },
];

export function findPlan(planId: string): CarrierPlan | null {
  return carrierPlans.find((plan) => plan.planId === planId) ?? null;
}
