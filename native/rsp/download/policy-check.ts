import type { OperatorId, PolicyRule, RuleAuthorisation } from '../../euicc/euicc.ts';
import type { ProfileMetadata } from './profile-metadata.ts';

export type PolicyVerdict =
  | { readonly kind: 'allowed'; readonly needsConsent: readonly PolicyRule[] }
  | { readonly kind: 'refused'; readonly rule: PolicyRule };

/** The rules that bind the person: the profile cannot be disabled, or cannot be deleted. */
export function bindingRules(metadata: ProfileMetadata): readonly PolicyRule[] {
  return metadata.policyRules.filter((rule) => rule !== 'pprUpdateControl');
}

/**
 * Whether a card may take a profile with its policy rules (SGP.22 v2.5 §2.9.2.1): each rule must not be forbidden, and the first row of
 * the table that names the rule and the profile's operator decides whether the person has to agree.
 */
export function checkPolicy(
  metadata: ProfileMetadata,
  forbidden: readonly PolicyRule[],
  table: readonly RuleAuthorisation[],
): PolicyVerdict {
  const needsConsent: PolicyRule[] = [];
  for (const rule of bindingRules(metadata)) {
    const row = forbidden.includes(rule) ? undefined : table.find((candidate) => authorises(candidate, rule, metadata.owner));
    if (row === undefined) return { kind: 'refused', rule };
    if (row.consentRequired) needsConsent.push(rule);
  }
  return { kind: 'allowed', needsConsent };
}

function authorises(row: RuleAuthorisation, rule: PolicyRule, owner: OperatorId | null): boolean {
  return row.rules.includes(rule) && owner !== null && row.operators.some((operator) => covers(operator, owner));
}

/** A nibble E stands for any digit, also for the filler of a two-digit MNC; a group that the row leaves out is any group. */
function covers(pattern: OperatorId, owner: OperatorId): boolean {
  const digits = owner.mccMnc.padEnd(6, 'F');
  const network = pattern.mccMnc
    .padEnd(6, 'F')
    .split('')
    .every((nibble, index) => nibble === 'E' || nibble === digits[index]);
  return network && coversGroup(pattern.gid1, owner.gid1) && coversGroup(pattern.gid2, owner.gid2);
}

function coversGroup(pattern: string | null, group: string | null): boolean {
  return pattern === null || pattern === group;
}
