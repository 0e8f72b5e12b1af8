import type { RenewalOption } from '#contract/account/index.ts';
import { useWords } from '#renderer/i18n/words.tsx';

/** "+60 GB" and "+300 min": what a renewal adds; null stands for unlimited. */
export function useAdded(): (added: RenewalOption['added']) => readonly string[] {
  const { t, format } = useWords();
  return ({ dataBytes, voiceMinutes, smsCount }) => {
    const parts = [
      dataBytes === null ? t('plan.added.dataUnlimited') : `+${format.size(dataBytes)}`,
      voiceMinutes === null
        ? t('plan.added.voiceUnlimited')
        : voiceMinutes === 0
          ? null
          : t('plan.added.voice', { amount: format.integer(voiceMinutes) }),
      smsCount === null || smsCount === 0 ? null : t('plan.added.sms', { amount: format.integer(smsCount) }),
    ];
    return parts.filter((part) => part !== null);
  };
}
