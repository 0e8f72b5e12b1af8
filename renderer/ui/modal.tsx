import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode, RefObject } from 'react';

/** A dialog; Escape and a press outside close it. */
export function Modal(props: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  readonly actions: ReactNode;
  /** What has the focus first: the safe button. Left out, it is the first control in the dialog. */
  readonly initialFocus?: RefObject<HTMLElement | null>;
}): ReactNode {
  return (
    <Dialog.Root
      open={props.open}
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="scrim" />
        <Dialog.Popup className="dialog" {...(props.initialFocus === undefined ? {} : { initialFocus: props.initialFocus })}>
          <Dialog.Title render={<h2 />}>{props.title}</Dialog.Title>
          {props.description === undefined ? null : (
            <Dialog.Description className="muted" render={<p />}>
              {props.description}
            </Dialog.Description>
          )}
          {props.children}
          <div className="dialog-acts">{props.actions}</div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
