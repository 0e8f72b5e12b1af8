import { useState, type FormEvent, type ReactNode } from 'react';
import type { RadioSettings, RadioTechnology } from '#contract/desk/modem.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { technologyKey } from '#renderer/features/devices/technology.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { SelectBox } from '#renderer/ui/form.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Card } from '#renderer/ui/surfaces.tsx';
import { setKey, technologySets } from './technology-sets.ts';

/** Which generations the modem may use, and which one it likes best. */
export function TechnologiesCard(props: {
  readonly deviceId: string;
  readonly technologies: NonNullable<RadioSettings['technologies']>;
  readonly usable: boolean;
  readonly onChange: (settings: RadioSettings) => void;
}): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const { deviceId, technologies } = props;
  const [chosen, choose] = useState(setKey(technologies.allowed));
  const [preferred, prefer] = useState<RadioTechnology | 'none'>(technologies.preferred ?? 'none');
  const sets = technologySets(technologies);
  const allowed = sets.find((set) => setKey(set) === chosen) ?? technologies.allowed;
  // What is not allowed cannot be liked best.
  const liked = preferred !== 'none' && allowed.includes(preferred) ? preferred : 'none';
  const changed = setKey(allowed) !== setKey(technologies.allowed) || liked !== (technologies.preferred ?? 'none');
  const apply = useAction(() =>
    desk.client.modem.setTechnologies({ deviceId, allowed: [...allowed], preferred: liked === 'none' ? null : liked }),
  );
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!changed) return;
    const after = await apply.run();
    if (after !== null) props.onChange(after);
  };
  const nameOf = (technology: RadioTechnology): string => t(`devices.technology.${technologyKey(technology)}`);
  const writeSet = (set: readonly RadioTechnology[]): string => set.map(nameOf).join(t('ui.enumeration'));
  return (
    <Card title={t('modem.radio.technologies.title')}>
      <form className="card-body stack s3" onSubmit={(event) => void submit(event)}>
        <SelectBox
          label={t('modem.radio.technologies.allowed')}
          value={setKey(allowed)}
          items={sets.map((set) => ({
            value: setKey(set),
            label: set.length === 1 ? t('modem.radio.technologies.only', { technology: writeSet(set) }) : writeSet(set),
          }))}
          onChange={choose}
        />
        {technologies.canPrefer && allowed.length > 1 ? (
          <SelectBox
            label={t('modem.radio.technologies.preferred')}
            value={liked}
            items={[
              { value: 'none', label: t('modem.radio.technologies.none') },
              ...allowed.map((technology) => ({ value: technology, label: nameOf(technology) })),
            ]}
            onChange={prefer}
          />
        ) : null}
        <div className="row s2">
          <Button type="submit" label={t('modem.radio.apply')} disabled={!props.usable || !changed} working={apply.running} />
          <span className="sub">{t('modem.radio.interrupts')}</span>
        </div>
        <FailureNote failure={apply.failure} />
      </form>
    </Card>
  );
}
