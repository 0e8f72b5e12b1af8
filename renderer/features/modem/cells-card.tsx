import type { ReactNode } from 'react';
import type { RadioCell } from '#contract/desk/modem.ts';
import { technologyKey } from '#renderer/features/devices/technology.ts';
import { writeMccMnc } from '#renderer/i18n/identifiers.ts';
import { useWords, type Words } from '#renderer/i18n/words.tsx';
import { Empty } from '#renderer/ui/states.tsx';
import { Card } from '#renderer/ui/surfaces.tsx';

type Column = {
  readonly name: string;
  readonly number: boolean;
  readonly mono?: boolean;
  readonly say: (cell: RadioCell) => string | null;
};

/** Every column that at least one cell has something for. */
function columnsOf(cells: readonly RadioCell[], { t, format }: Words): readonly Column[] {
  const signed = (value: number | null): string | null => (value === null ? null : format.signed(value));
  const columns: readonly Column[] = [
    {
      name: t('devices.technologyName'),
      number: false,
      say: ({ technology }) => (technology === null ? null : t(`devices.technology.${technologyKey(technology)}`)),
    },
    { name: t('modem.signal.band'), number: false, say: ({ band }) => band },
    { name: 'ARFCN', number: true, mono: true, say: ({ channel }) => channel?.toString() ?? null },
    { name: 'PCI', number: true, mono: true, say: ({ pci }) => pci?.toString() ?? null },
    { name: 'MHz', number: true, say: ({ bandwidthMHz }) => bandwidthMHz?.toString() ?? null },
    { name: 'RSRP', number: true, say: ({ rsrp }) => signed(rsrp) },
    { name: 'RSRQ', number: true, say: ({ rsrq }) => signed(rsrq) },
    { name: 'SINR', number: true, say: ({ sinr }) => signed(sinr) },
    { name: 'RSSI', number: true, say: ({ rssi }) => signed(rssi) },
    { name: t('devices.cellId'), number: true, mono: true, say: ({ cellId }) => cellId },
    { name: 'MCC MNC', number: true, say: ({ mccMnc }) => (mccMnc === null ? null : writeMccMnc(mccMnc)) },
  ];
  return columns.filter(({ say }) => cells.some((cell) => say(cell) !== null));
}

/** The cells that the modem uses, and the ones that it hears beside them. */
export function CellsCard({ cells }: { readonly cells: readonly RadioCell[] }): ReactNode {
  const words = useWords();
  const { t } = words;
  const columns = columnsOf(cells, words);
  return (
    <Card className="cells" title={t('modem.signal.cells')}>
      {cells.length === 0 ? (
        <Empty title={t('modem.signal.noCells')} text={t('modem.signal.noCellsText')} />
      ) : (
        // A table that may be wider than its card is scrolled with the keyboard too.
        <section className="wide-table" tabIndex={0} aria-label={t('modem.signal.cells')}>
          <table className="compact">
            <thead>
              <tr>
                <th scope="col">{t('modem.signal.role')}</th>
                {columns.map(({ name, number }) => (
                  <th key={name} scope="col" className={number ? 'num' : ''}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {cells.map((cell, index) => (
                <tr
                  key={`${cell.role} ${cell.channel} ${cell.pci} ${cell.cellId} ${index}`}
                  className={cell.role === 'neighbour' ? '' : 'selected'}
                >
                  <td className={cell.role === 'neighbour' ? 'faint' : ''}>
                    {cell.role === 'neighbour' ? t('modem.signal.neighbour') : <strong>{t(`modem.signal.${cell.role}`)}</strong>}
                  </td>
                  {columns.map(({ name, number, mono, say }) => (
                    <td key={name} className={`${number ? 'num' : ''} ${mono === true ? 'mono' : ''}`}>
                      {say(cell) ?? '–'}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Card>
  );
}
