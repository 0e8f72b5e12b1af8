import { useEffect, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useDesk, useDevices } from '#renderer/app/desk.tsx';
import { useIntent, type Intent } from '#renderer/app/intent.ts';
import { pathOfAddProfile, pathOfDownload, pathOfProfiles } from '#renderer/app/navigation.ts';
import { Screen } from '#renderer/app/screen.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { SelectBox } from '#renderer/ui/form.tsx';
import { Empty, FailureRow, Skeleton } from '#renderer/ui/states.tsx';
import { Badge, Card, Choice, Dot } from '#renderer/ui/surfaces.tsx';
import { chipAddress, chipKey, chipName, chipsOf, type Chip } from './chips.ts';
import { rememberCode } from './codes-in-use.ts';
import { EntryCard } from './entry-card.tsx';
import type { Offer } from './offer.ts';
import { ReviewCard } from './review-card.tsx';
import './add-profile.css';

/** From a code, or from nothing but the chip, to a download: which chip, how the code comes in, and what was read. */
export function AddProfile({ deviceId }: { readonly deviceId: string | null }): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const [, navigate] = useLocation();
  const intent = useIntent();
  const { value, failure } = useDevices();
  const chips = value === null ? [] : chipsOf(value);
  const [text, setText] = useState(intent.activationCode ?? '');
  const [chosen, setChosen] = useState<string | null>(null);
  const [offer, setOffer] = useState<Offer | null>(null);

  const ofDevice = chips.filter(({ device }) => device.deviceId === deviceId);
  const asked = ofDevice.find(({ euicc }) => euicc.isdrAid === intent.isdrAid) ?? ofDevice[0];
  const chip = chips.find((candidate) => chipKey(candidate) === chosen) ?? asked ?? (chips.length === 1 ? chips[0] : undefined);

  const start = useAction(async (on: Chip, { source, confirmationCode }: Offer) => {
    const { taskId } = await desk.client.profiles.download({
      ...chipAddress(on),
      source,
      ...(confirmationCode === undefined ? {} : { confirmationCode }),
    });
    if (source.kind === 'activationCode') rememberCode(taskId, source.text);
    navigate(pathOfDownload(on.device.deviceId, taskId), { replace: true });
  });

  return (
    <Screen
      name="add-profile"
      title={t('addProfile.title')}
      back={{ path: deviceId === null ? '/profiles' : pathOfProfiles(deviceId), label: t('addProfile.back') }}
      actions={
        chip === undefined ? undefined : (
          <>
            {chip.device.virtual ? <Badge tone="line">{t('devices.virtual')}</Badge> : null}
            {chips.length < 2 ? null : (
              <SelectBox
                hideLabel
                className="pick"
                label={t('addProfile.chip.on')}
                start={<Dot tone={chip.device.state === 'ready' ? 'ok' : 'warn'} />}
                value={chipKey(chip)}
                items={chips.map((candidate) => ({ value: chipKey(candidate), label: chipName(candidate, t) }))}
                onChange={setChosen}
              />
            )}
          </>
        )
      }
    >
      {value === null ? (
        <Card>{failure === null ? <Skeleton /> : <FailureRow failure={failure} />}</Card>
      ) : chips.length === 0 ? (
        <NoChip anyReading={value.devices.some(({ state }) => state === 'reading')} />
      ) : chip === undefined ? (
        <ChooseChip chips={chips} onChoose={(one) => setChosen(chipKey(one))} />
      ) : (
        <div className="two add-grid fill">
          <EntryCard key={chipKey(chip)} chip={chip} text={text} onText={setText} onOffer={setOffer} />
          <ReviewCard chip={chip} offer={offer} start={start} />
        </div>
      )}
    </Screen>
  );
}

/** Where an `lpa:` link arrives. Who follows one wants this, signed in or not; the code does not stay in the address. */
export function LinkedProfile({ code }: { readonly code: string }): ReactNode {
  const desk = useDesk();
  const [, navigate] = useLocation();
  useEffect(() => {
    desk.withoutAccount.set(true);
    navigate(pathOfAddProfile(), { replace: true, state: { activationCode: code } satisfies Intent });
  }, [code, desk, navigate]);
  return null;
}

function NoChip({ anyReading }: { readonly anyReading: boolean }): ReactNode {
  const { t } = useWords();
  const [, navigate] = useLocation();
  return (
    <Card>
      <Empty title={anyReading ? t('profiles.none.reading') : t('addProfile.chip.none')} text={t('addProfile.chip.noneText')}>
        <Button kind="primary" label={t('home.allDevices')} onClick={() => navigate('/devices')} />
      </Empty>
    </Card>
  );
}

function ChooseChip({ chips, onChoose }: { readonly chips: readonly Chip[]; readonly onChoose: (chip: Chip) => void }): ReactNode {
  const { t, format } = useWords();
  return (
    <section className="single choose-chip">
      <h2>{t('addProfile.chip.title')}</h2>
      <p className="muted">{t('addProfile.chip.text')}</p>
      {chips.map((chip) => (
        <Choice
          key={chipKey(chip)}
          icon={chip.device.kind === 'modem' ? 'modem' : 'chip'}
          title={chipName(chip, t)}
          text={[
            t('addProfile.chip.profiles', { count: chip.euicc.profiles.length }),
            chip.euicc.freeMemory === null
              ? t('addProfile.chip.freeUnknown')
              : t('addProfile.chip.free', { size: format.memory(chip.euicc.freeMemory) }),
          ].join(t('ui.comma'))}
          end="chevron"
          onClick={() => onChoose(chip)}
        />
      ))}
    </section>
  );
}
