// Every request of a page passes here: custom schemes are answered by the application, navigation is offered to it first,
// the real network is closed.
import type { CdpSession } from './cdp.ts';
import { defaultSession } from './network.ts';
import { isReachable, schemes, translatePolicy } from './schemes.ts';

interface Paused {
  readonly requestId: string;
  readonly frameId: string;
  readonly resourceType: string;
  readonly request: {
    readonly url: string;
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly postData?: string;
  };
}

export interface RequestPolicy {
  readonly mainFrameId: string;
  /** Whether a navigation of the main frame may go on. */
  mayNavigate(url: string): Promise<boolean>;
}

export async function interceptRequests(session: CdpSession, policy: RequestPolicy): Promise<void> {
  session.on('Fetch.requestPaused', (paused) => {
    answer(session, paused, policy).catch((error: unknown) => {
      console.error('the Electron double: a protocol handler failed:', error);
      session.post('Fetch.failRequest', { requestId: paused.requestId, errorReason: 'Failed' });
    });
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
}

async function answer(session: CdpSession, { requestId, frameId, resourceType, request }: Paused, policy: RequestPolicy): Promise<void> {
  const url = schemes.toApp(request.url);
  const isNavigation = resourceType === 'Document' && frameId === policy.mainFrameId;
  if (isNavigation && !(await policy.mayNavigate(url))) {
    await session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' }); // the page stays where it is
    return;
  }
  if (!(await defaultSession.lets({ url, method: request.method, resourceType: electronName(resourceType, isNavigation) }))) {
    await session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
    return;
  }
  const hasBody = request.postData !== undefined && request.method !== 'GET' && request.method !== 'HEAD';
  const response = await schemes.respond(
    new Request(url, { method: request.method, headers: request.headers, ...(hasBody ? { body: request.postData ?? '' } : {}) }),
  );
  if (response) {
    await session.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status || 500,
      responseHeaders: [...response.headers].map(([name, value]) => ({
        name,
        value: name === 'content-security-policy' ? translatePolicy(value) : value,
      })),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  } else if (isReachable(url)) {
    await session.send('Fetch.continueRequest', { requestId });
  } else {
    await session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
  }
}

/** The names that Electron's webRequest has for what the DevTools protocol calls a resource type. */
function electronName(resourceType: string, isNavigation: boolean): string {
  if (resourceType === 'Document') return isNavigation ? 'mainFrame' : 'subFrame';
  const names: Readonly<Record<string, string>> = {
    Script: 'script',
    Stylesheet: 'stylesheet',
    Image: 'image',
    Font: 'font',
    Media: 'media',
    XHR: 'xhr',
    Fetch: 'xhr',
    Ping: 'ping',
    WebSocket: 'webSocket',
  };
  return names[resourceType] ?? 'other';
}
