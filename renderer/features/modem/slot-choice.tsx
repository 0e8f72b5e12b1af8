import type { ReactNode } from 'react';
import type { ModemDetails } from '#contract/desk/modem.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Segments } from '#renderer/ui/form.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';

/** Which place for a SIM the modem uses, where it has several. */
export function SlotChoice(props: {
  readonly deviceId: string;
  readonly slots: NonNullable<ModemDetails['slots']>;
  readonly usable: boolean;
  readonly onChange: (details: ModemDetails) => void;
}): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const { deviceId, slots } = props;
  const select = useAction((slot: number) => desk.client.modem.selectSlot({ deviceId, slot }));
  const go = async (slot: number): Promise<void> => {
    const after = await select.run(slot);
    if (after !== null) props.onChange(after);
  };
  return (
    <div className="stack s2">
      <div className="row s3 wrap">
        <span className="muted">{t('modem.slot.title')}</span>
        <Segments
          label={t('modem.slot.title')}
          value={String(slots.active)}
          disabled={!props.usable || select.running}
          items={Array.from({ length: slots.count }, (_, index) => ({ value: String(index + 1), label: String(index + 1) }))}
          onChange={(slot) => void go(Number(slot))}
        />
        <span className="sub" role="status">
          {t(select.running ? 'modem.slot.changing' : 'modem.slot.about')}
        </span>
      </div>
      <FailureNote failure={select.failure} />
    </div>
  );
}
