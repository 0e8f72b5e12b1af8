import { useRef, type ReactNode } from 'react';
import type { Failure } from '#renderer/app/failure.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Icon } from '#renderer/ui/icon.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';

/** A picture of the QR code: chosen here, or dropped and pasted anywhere on the screen. */
export function PictureWay(props: {
  readonly over: boolean;
  readonly reading: boolean;
  readonly failure: Failure | null;
  readonly onFile: (file: Blob) => void;
}): ReactNode {
  const { t } = useWords();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="stack s3">
      <div className={`drop ${props.over ? 'over' : ''}`}>
        <Icon name="qr" />
        <strong>{t('addProfile.picture.title')}</strong>
        <p className="muted">{t('addProfile.picture.text')}</p>
        <Button label={t('addProfile.picture.choose')} working={props.reading} onClick={() => input.current?.click()} />
        <input
          ref={input}
          className="sr"
          type="file"
          accept="image/*"
          tabIndex={-1}
          aria-hidden="true"
          onChange={({ target }) => {
            const file = target.files?.[0];
            // The same file may be chosen again.
            target.value = '';
            if (file !== undefined) props.onFile(file);
          }}
        />
        <span className="sr" role="status">
          {props.reading ? t('addProfile.picture.reading') : ''}
        </span>
      </div>
      <FailureNote failure={props.failure} />
    </div>
  );
}
