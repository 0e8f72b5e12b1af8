import { useEffect, type ReactNode } from 'react';
import { useWords } from '#renderer/i18n/words.tsx';
import { Empty } from '#renderer/ui/states.tsx';
import { Mono } from '#renderer/ui/surfaces.tsx';
import type { Chip } from './chips.ts';
import type { Offer } from './offer.ts';

/** The chip's own default server, which looks for an order by the EID. */
export function DefaultWay({ chip, onOffer }: { readonly chip: Chip; readonly onOffer: (offer: Offer | null) => void }): ReactNode {
  const { t } = useWords();
  const server = chip.euicc.defaultSmdpAddress ?? '';
  useEffect(() => {
    onOffer(server === '' ? null : { source: { kind: 'defaultSmdp' }, code: null, server });
  }, [server, onOffer]);
  if (server === '') return <Empty title={t('addProfile.default.none')} text={t('addProfile.default.noneText')} />;
  return (
    <div className="stack s2">
      <h2>{t('addProfile.default.title')}</h2>
      <p className="muted">{t('addProfile.default.text')}</p>
      <p>
        <Mono>{server}</Mono>
      </p>
    </div>
  );
}
