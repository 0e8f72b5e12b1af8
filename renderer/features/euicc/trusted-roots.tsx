import type { ReactNode } from 'react';
import type { CiRoot } from '#contract/desk/devices.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Empty } from '#renderer/ui/states.tsx';
import { Badge, Card, Tile, type BadgeTone } from '#renderer/ui/surfaces.tsx';

const kindTones: Readonly<Record<NonNullable<CiRoot['kind']>, BadgeTone>> = {
  live: 'accent',
  national: 'neutral',
  vendor: 'neutral',
  test: 'warn',
};

/** Whose servers the chip accepts: its root certificates by name, with the key of each. */
export function TrustedRoots({ roots, usesTestRoot }: { readonly roots: readonly CiRoot[]; readonly usesTestRoot: boolean }): ReactNode {
  const { t, language } = useWords();
  const testsOnly = roots.length > 0 && roots.every(({ kind }) => kind === 'test');
  return (
    <Card
      title={
        <>
          {t('euicc.roots.title')} {usesTestRoot ? <Badge tone="warn">{t('euicc.roots.inUse')}</Badge> : null}
        </>
      }
      sub={testsOnly ? t('euicc.roots.testsOnly') : t('euicc.roots.about')}
    >
      {roots.length === 0 ? (
        <Empty title={t('euicc.roots.none')} />
      ) : (
        <ul className="list">
          {roots.map(({ keyId, name, kind }) => (
            <li key={keyId}>
              <Tile icon="key" tone={kind === 'test' ? 'warn' : 'neutral'} />
              <div className="what">
                <strong>{name?.[language] ?? t('euicc.roots.unknown')}</strong>
                <p className="mono">{keyId}</p>
              </div>
              <Badge tone={kind === null ? 'line' : kindTones[kind]}>{t(`euicc.roots.kind.${kind ?? 'unknown'}`)}</Badge>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
