import { useState } from 'react';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction, type Action } from '#renderer/app/use-action.ts';

export type Payment = {
  /** Opens the hosted page in the browser; `fresh`: a new attempt, with another method. */
  readonly open: Action<[fresh: boolean], { readonly url: string; readonly opened: boolean }>;
  readonly check: Action<[], unknown>;
  readonly cancel: Action<[], unknown>;
  /** The address of the page where no browser could be opened; it is then shown to be copied. */
  readonly unopenedUrl: string | null;
};

/** What can be done about an order that is not paid yet. */
export function usePayment(orderId: string): Payment {
  const { client } = useDesk();
  const [unopenedUrl, setUnopenedUrl] = useState<string | null>(null);
  const open = useAction(async (fresh: boolean) => {
    const page = await client.renewal.openPage({ orderId, fresh });
    setUnopenedUrl(page.opened ? null : page.url);
    return page;
  });
  const check = useAction(() => client.renewal.check({ orderId }));
  const cancel = useAction(() => client.renewal.cancel({ orderId }));
  return { open, check, cancel, unopenedUrl };
}
