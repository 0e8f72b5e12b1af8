import type { Picture } from '#contract/desk/devices.ts';
import type { ProfilePreview } from '#contract/desk/tasks.ts';
import type { Pair } from './table.ts';
import { formatBytes, joinPhrases, orNone } from './text.ts';
import type { Words } from './words.ts';

/** Whether the package is smaller than the free memory; null where one of the two is not known. A card may still need more than that. */
export function fits({ packageSize, freeMemory }: ProfilePreview): boolean | null {
  return packageSize === null || freeMemory === null ? null : packageSize <= freeMemory;
}

/** What would be installed. */
export function previewPairs(words: Words, preview: ProfilePreview): readonly Pair[] {
  return [
    [words.say('field.profile'), orNone(words, preview.profileName)],
    [words.say('field.provider'), orNone(words, preview.serviceProviderName)],
    ['ICCID', preview.iccid],
    [words.say('field.class'), words.say(`profileClass.${preview.profileClass}`)],
    [words.say('field.owner'), orNone(words, preview.ownerMccMnc)],
    [words.say('field.icon'), describePicture(words, preview.icon)],
    [
      words.say('field.rules'),
      preview.policyRules.length === 0 ? words.say('value.none') : preview.policyRules.map((rule) => words.say(`rule.${rule}`)),
    ],
    [words.say('field.confirmationCode'), words.say(preview.confirmationCodeRequired ? 'value.needed' : 'value.notNeeded')],
    [words.say('field.server'), preview.server],
    [words.say('field.size'), describeSize(words, preview)],
  ];
}

/** Type and size of a picture. */
export function describePicture(words: Words, icon: Picture | null): string {
  if (icon === null) return words.say('value.none');
  const type = icon.type === 'image/png' ? 'PNG' : 'JPEG';
  return joinPhrases(words, [type, formatBytes(words, Buffer.byteLength(icon.base64, 'base64'))]);
}

function describeSize(words: Words, preview: ProfilePreview): string {
  const { packageSize, freeMemory } = preview;
  const free = words.say('preview.free', { free: formatBytes(words, freeMemory) });
  // A confirmation code comes before the package.
  if (packageSize === null) return joinPhrases(words, [words.say('preview.sizeUnknown'), ...(freeMemory === null ? [] : [free])]);
  const size = formatBytes(words, packageSize);
  const fit = fits(preview);
  return fit === null ? size : joinPhrases(words, [size, words.say(fit ? 'preview.fits' : 'preview.tooLarge'), free]);
}
