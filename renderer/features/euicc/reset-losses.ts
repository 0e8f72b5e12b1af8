import type { EuiccOverview, Profile } from '#contract/desk/devices.ts';

/** What of the chip is deleted for good; the three choices of eUICCMemoryReset (SGP.22 v2.5 §5.7.19). */
export type ResetChoice = {
  readonly operationalProfiles: boolean;
  readonly testProfiles: boolean;
  readonly defaultSmdpAddress: boolean;
};

export const nothingChosen: ResetChoice = { operationalProfiles: false, testProfiles: false, defaultSmdpAddress: false };
export const resetChoices = ['operationalProfiles', 'testProfiles', 'defaultSmdpAddress'] as const satisfies readonly (keyof ResetChoice)[];

const classes = { operationalProfiles: 'operational', testProfiles: 'test' } as const;

/** The profiles that one of the choices takes. Of the test profiles those that came with the card stay; which they are, it does not say. */
export function profilesLost(euicc: Pick<EuiccOverview, 'profiles'>, choice: keyof ResetChoice): readonly Profile[] {
  if (choice === 'defaultSmdpAddress') return [];
  return euicc.profiles.filter(({ profileClass }) => profileClass === classes[choice]);
}

/** The digits that the person types: the end of an EID tells chips apart, its beginning does not. */
export function confirmationOf(eid: string): string {
  return eid.slice(-4);
}
