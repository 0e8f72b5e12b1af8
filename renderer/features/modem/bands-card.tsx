import { useState, type FormEvent, type ReactNode } from 'react';
import type { RadioSettings } from '#contract/desk/modem.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { technologyKey } from '#renderer/features/devices/technology.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Checkbox } from '#renderer/ui/form.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Card } from '#renderer/ui/surfaces.tsx';
import { groupBands, type BandGroup } from './band-groups.ts';

/** The bands that the modem listens on. Fewer of them make it faster to find its network, or unable to. */
export function BandsCard(props: {
  readonly deviceId: string;
  readonly bands: NonNullable<RadioSettings['bands']>;
  /** The bands in use now. */
  readonly inUse: readonly string[];
  readonly usable: boolean;
  readonly onChange: (settings: RadioSettings) => void;
}): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const { deviceId, bands } = props;
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set(bands.enabled));
  const groups = groupBands(bands.supported);
  const apply = useAction((wanted: readonly string[] | null) =>
    desk.client.modem.setBands({ deviceId, bands: wanted === null ? null : [...wanted] }),
  );
  const all = bands.supported.every((band) => chosen.has(band));
  const wanted = bands.supported.filter((band) => chosen.has(band));
  const changed = wanted.length !== bands.enabled.length || wanted.some((band) => !bands.enabled.includes(band));
  const lost = props.inUse.filter((band) => bands.supported.includes(band) && !chosen.has(band));
  const put = (names: readonly string[], on: boolean): void => {
    const next = new Set(chosen);
    for (const band of names) {
      if (on) next.add(band);
      else next.delete(band);
    }
    choose(next);
  };
  const go = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!changed || wanted.length === 0) return;
    const after = await apply.run(all ? null : wanted);
    if (after !== null) props.onChange(after);
  };
  return (
    <Card
      title={t('modem.radio.bands.title')}
      sub={t('modem.radio.bands.about')}
      actions={
        <Button
          kind="ghost"
          size="compact"
          label={t('modem.radio.bands.all')}
          disabled={!props.usable || all}
          onClick={() => put(bands.supported, true)}
        />
      }
    >
      <form className="card-body stack" onSubmit={(event) => void go(event)}>
        {groups.map((group) => (
          <Group key={group.technology} group={group} chosen={chosen} inUse={props.inUse} onPut={put} />
        ))}
        <div className="row s2 wrap">
          <Button
            type="submit"
            label={t('modem.radio.apply')}
            disabled={!props.usable || !changed || wanted.length === 0}
            working={apply.running}
          />
          <span className={lost.length > 0 || wanted.length === 0 ? 'sub warning-text' : 'sub'} role="status">
            {wanted.length === 0
              ? t('modem.radio.bands.none')
              : lost.length > 0
                ? t('modem.radio.bands.lost', { bands: lost.join(t('ui.enumeration')) })
                : t('modem.radio.interrupts')}
          </span>
        </div>
        <FailureNote failure={apply.failure} />
      </form>
    </Card>
  );
}

function Group(props: {
  readonly group: BandGroup;
  readonly chosen: ReadonlySet<string>;
  readonly inUse: readonly string[];
  readonly onPut: (bands: readonly string[], on: boolean) => void;
}): ReactNode {
  const { t } = useWords();
  const { technology, bands } = props.group;
  const name = t(`devices.technology.${technologyKey(technology)}`);
  const count = bands.filter((band) => props.chosen.has(band)).length;
  const every = count === bands.length;
  return (
    <fieldset className="band-group">
      <legend className="row between">
        <span>
          <strong>{name}</strong> <span className="muted">{t('modem.radio.bands.count', { chosen: count, total: bands.length })}</span>
        </span>
        <Button
          kind="link"
          size="compact"
          label={t(every ? 'modem.radio.bands.clear' : 'modem.radio.bands.fill')}
          aria-label={t(every ? 'modem.radio.bands.clearNamed' : 'modem.radio.bands.fillNamed', { technology: name })}
          onClick={() => props.onPut(bands, !every)}
        />
      </legend>
      <div className="bands">
        {bands.map((band) => (
          <Checkbox
            key={band}
            label={band}
            {...(props.inUse.includes(band) ? { hint: t('modem.radio.bands.inUse') } : {})}
            checked={props.chosen.has(band)}
            onChange={(on) => props.onPut([band], on)}
          />
        ))}
      </div>
    </fieldset>
  );
}
