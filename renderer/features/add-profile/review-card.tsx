import type { ReactNode } from 'react';
import type { Action } from '#renderer/app/use-action.ts';
import { writeEid } from '#renderer/i18n/identifiers.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Card, Facts, Mono, type Fact } from '#renderer/ui/surfaces.tsx';
import { chipName, type Chip } from './chips.ts';
import type { Offer } from './offer.ts';

/** What would be asked for, on which chip, and the one act of the screen. */
export function ReviewCard(props: {
  readonly chip: Chip;
  readonly offer: Offer | null;
  readonly start: Action<[Chip, Offer], void>;
}): ReactNode {
  const { t, format } = useWords();
  const { chip, offer, start } = props;
  const { device, euicc } = chip;
  const busy = device.busyTaskId !== null || device.state !== 'ready';
  const onChip: Fact[] = [
    [t('addProfile.chip.on'), chipName(chip, t)],
    ['EID', <Mono key="eid">{writeEid(euicc.eid)}</Mono>],
    [t('profiles.freeMemory'), euicc.freeMemory === null ? '–' : format.memory(euicc.freeMemory)],
  ];
  return (
    <Card className="scroll review" title={t('addProfile.review.title')}>
      <div className="body card-body stack">
        <Facts facts={onChip} />
        <hr />
        <div role="status">
          {offer === null ? (
            <div className="stack s2">
              <strong>{t('addProfile.review.nothing')}</strong>
              <p className="muted">{t('addProfile.review.nothingText')}</p>
            </div>
          ) : (
            <OfferFacts offer={offer} />
          )}
        </div>
      </div>
      <div className="card-foot column">
        <FailureNote failure={start.failure} />
        <Button
          block
          kind="primary"
          size="large"
          icon="download"
          label={t('addProfile.review.start')}
          disabled={offer === null || busy}
          working={start.running}
          onClick={() => {
            if (offer !== null) void start.run(chip, offer);
          }}
        />
        <p className="sub center">{busy ? t('addProfile.chip.busy') : t('addProfile.review.promise')}</p>
      </div>
    </Card>
  );
}

function OfferFacts({ offer }: { readonly offer: Offer }): ReactNode {
  const { t } = useWords();
  const { source, code } = offer;
  const order = code?.matchingId ?? (source.kind === 'event' ? source.eventId : '');
  const facts: Fact[] = [
    [t('addProfile.review.server'), <Mono key="server">{offer.server}</Mono>],
    [t('addProfile.review.order'), order === '' ? t('addProfile.review.byEid') : <Mono key="order">{order}</Mono>],
  ];
  if (code !== null && code.smdpOid !== null) facts.push([t('addProfile.review.oid'), <Mono key="oid">{code.smdpOid}</Mono>]);
  if (code !== null) {
    const asked = code.confirmationCodeRequired && offer.confirmationCode === undefined;
    const given = offer.confirmationCode;
    facts.push([
      t('addProfile.review.code'),
      given !== undefined ? <Mono key="code">{given}</Mono> : t(asked ? 'addProfile.review.asked' : 'addProfile.review.notAsked'),
    ]);
  }
  return <Facts facts={facts} />;
}
