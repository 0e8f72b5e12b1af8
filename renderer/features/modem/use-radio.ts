import { useEffect, useState } from 'react';
import type { RadioReport } from '#contract/desk/modem.ts';
import { useDesk, useStore } from '#renderer/app/desk.tsx';
import type { Failure } from '#renderer/app/failure.ts';
import { followFeed, type FeedState } from '#renderer/app/feed.ts';
import { sampleOf, withSample, type RadioSample } from './radio-history.ts';

export type Radio = {
  readonly report: RadioReport | null;
  readonly failure: Failure | null;
  /** Whether the modem is there to be asked. */
  readonly possible: boolean;
  /** What was heard during the last minutes, oldest first; it outlives the page. */
  readonly history: readonly RadioSample[];
};

const nothing: FeedState<RadioReport> = { value: null, failure: null };
const noSamples: readonly RadioSample[] = [];

/** Follows how a modem hears while somebody looks. `possible`: the modem is there. */
export function useRadio(deviceId: string, possible: boolean): Radio {
  const desk = useDesk();
  const [state, setState] = useState(nothing);
  useEffect(() => {
    if (!possible) return undefined;
    const feed = followFeed(desk.connection, (signal) => desk.client.modem.watchRadio({ deviceId }, { signal }));
    const leave = feed.subscribe(() => {
      const heard = feed.get();
      setState(heard);
      if (heard.value === null) return;
      const before = desk.heard.get();
      const samples = withSample(before.get(deviceId) ?? noSamples, sampleOf(heard.value));
      if (samples !== before.get(deviceId)) desk.heard.set(new Map([...before, [deviceId, samples]]));
    });
    return () => {
      leave();
      feed.stop();
      setState(nothing);
    };
  }, [desk, deviceId, possible]);
  const history = useStore(desk.heard).get(deviceId) ?? noSamples;
  return { report: state.value, failure: state.failure, possible, history };
}
