import type { ReactNode } from 'react';
import type { EuiccOverview } from '#contract/desk/devices.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Badge, Card } from '#renderer/ui/surfaces.tsx';

/** What the chip says that it can do (EUICCInfo2, SGP.22 v2.5 §5.7.8), each by its name. */
export function Capabilities({ euicc }: { readonly euicc: EuiccOverview }): ReactNode {
  const { t, nameCapability } = useWords();
  const groups = [
    { kind: 'rsp', title: t('euicc.can.rsp'), names: euicc.rspCapabilities },
    { kind: 'uicc', title: t('euicc.can.uicc'), names: euicc.uiccCapabilities },
  ] as const;
  return (
    <Card title={t('euicc.can.title')}>
      <div className="card-body stack s3">
        {groups.map(({ kind, title, names }) => (
          <div key={kind} className="stack s2">
            <h3>{title}</h3>
            {names.length === 0 ? (
              <p className="muted">{t('euicc.can.none')}</p>
            ) : (
              <ul className="row s2 wrap">
                {names.map((name) => (
                  <li key={name}>
                    <Badge>{nameCapability(kind, name)}</Badge>
                  </li>
                ))}
              </ul>
            )}
          </div>
        ))}
      </div>
    </Card>
  );
}
