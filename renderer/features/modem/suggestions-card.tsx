import { useState, type ReactNode } from 'react';
import type { PacketData, SuggestedContext } from '#contract/desk/modem.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Empty, FailureNote } from '#renderer/ui/states.tsx';
import { Badge, Card, Mono } from '#renderer/ui/surfaces.tsx';
import { useToast } from '#renderer/ui/toast.tsx';
import { typeNames } from './context-dialog.tsx';
import { dataContext, isSuggestion } from './contexts.ts';
import { ReadPart } from './read-part.tsx';
import type { Reading } from './use-reading.ts';

/** So many are shown at first: the likeliest come first, and few people need more. */
const shownFirst = 3;

/** What the carrier of the SIM tells its customers to enter, put in place with one press. */
export function SuggestionsCard(props: {
  readonly deviceId: string;
  readonly data: PacketData;
  readonly suggestions: Reading<SuggestedContext[]>;
  readonly usable: boolean;
  readonly onChange: (data: PacketData) => void;
}): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const toast = useToast();
  const { deviceId, data, usable } = props;
  const [all, setAll] = useState(false);
  const { cid, context } = dataContext(data);
  const use = useAction(({ apn, type, authentication }: SuggestedContext) =>
    desk.client.modem.setContext({
      deviceId,
      cid,
      apn,
      type,
      // What was there before belonged to another access point.
      authentication: authentication ?? { protocol: 'none', userName: '', password: '' },
    }),
  );
  const go = async (suggestion: SuggestedContext): Promise<void> => {
    const after = await use.run(suggestion);
    if (after === null) return;
    props.onChange(after);
    const active = after.contexts.some((one) => one.cid === cid && one.active);
    toast(t('modem.data.suggestions.used', { cid, apn: suggestion.apn }), active ? { text: t('modem.data.suggestions.later') } : {});
  };
  return (
    <Card title={t('modem.data.suggestions.title')} sub={t('modem.data.suggestions.about', { cid })}>
      <ReadPart reading={props.suggestions} rows={1}>
        {(suggestions) =>
          suggestions.length === 0 ? (
            <Empty title={t('modem.data.suggestions.none')} text={t('modem.data.suggestions.noneText')} />
          ) : (
            <ul className="list suggestions">
              {(all ? suggestions : suggestions.slice(0, shownFirst)).map((suggestion) => (
                <Suggestion
                  key={JSON.stringify(suggestion)}
                  suggestion={suggestion}
                  inUse={context !== null && isSuggestion(context, suggestion)}
                  disabled={!usable || use.running}
                  onUse={() => void go(suggestion)}
                />
              ))}
            </ul>
          )
        }
      </ReadPart>
      {all || (props.suggestions.value?.length ?? 0) <= shownFirst ? null : (
        <div className="card-foot">
          <Button
            kind="link"
            size="compact"
            label={t('modem.data.suggestions.more', { count: (props.suggestions.value?.length ?? 0) - shownFirst })}
            onClick={() => setAll(true)}
          />
        </div>
      )}
      {use.failure === null ? null : (
        <div className="card-body">
          <FailureNote failure={use.failure} />
        </div>
      )}
    </Card>
  );
}

function Suggestion(props: {
  readonly suggestion: SuggestedContext;
  readonly inUse: boolean;
  readonly disabled: boolean;
  readonly onUse: () => void;
}): ReactNode {
  const { t } = useWords();
  const { carrier, plan, customers, apn, type, authentication } = props.suggestion;
  const signIn = authentication === null || authentication.protocol === 'none' ? [] : [authentication.protocol.toUpperCase()];
  return (
    <li>
      <div className="what">
        <strong>{plan ?? carrier}</strong>
        <p>
          <Mono>{apn}</Mono>
        </p>
        <p>
          {[
            ...(plan === null ? [] : [carrier]),
            ...(customers === null ? [] : [t(`modem.data.suggestions.${customers}`)]),
            typeNames[type],
            ...signIn,
          ].join(' · ')}
        </p>
      </div>
      {props.inUse ? (
        <Badge tone="ok">{t('modem.data.suggestions.inUse')}</Badge>
      ) : (
        <Button
          size="compact"
          label={t('modem.data.suggestions.use')}
          aria-label={t('modem.data.suggestions.useNamed', { name: plan ?? carrier, apn })}
          disabled={props.disabled}
          onClick={props.onUse}
        />
      )}
    </li>
  );
}
