import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { ActivationCode } from '#contract/desk/devices.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { failureOf, type Failure } from '#renderer/app/failure.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Icon } from '#renderer/ui/icon.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Banner } from '#renderer/ui/surfaces.tsx';
import { readFrame } from './picture.ts';

export type CaptureKind = 'screen' | 'camera';
type Problem = 'denied' | 'missing' | 'busy' | 'unsupported';

/** Between two looks: often enough for a hand that holds a phone, and light enough for a small computer. */
const pauseMs = 400;

/** Looks for the QR code on the screen or in front of the camera, from the press of a button until it is found or the way is left. */
export function CaptureWay({ kind, onFound }: { readonly kind: CaptureKind; readonly onFound: (code: ActivationCode) => void }): ReactNode {
  const { t } = useWords();
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [starting, setStarting] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const shown = useRef(true);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);
  useEffect(() => () => stop(stream), [stream]);
  const start = async (): Promise<void> => {
    setProblem(null);
    setStarting(true);
    try {
      const opened = await open(kind);
      // Whoever has left meanwhile is not looked at.
      if (!shown.current) return stop(opened);
      opened.getVideoTracks()[0]?.addEventListener('ended', () => setStream(null));
      setStream(opened);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setStarting(false);
    }
  };
  if (stream !== null) return <Looking kind={kind} stream={stream} onFound={onFound} onStop={() => setStream(null)} />;
  return (
    <div className="stack s3">
      <div className="drop">
        <Icon name={kind === 'camera' ? 'camera' : 'laptop'} />
        <strong>{t(`addProfile.${kind}.title`)}</strong>
        <p className="muted">{t(`addProfile.${kind}.text`)}</p>
        <Button label={t(`addProfile.${kind}.start`)} working={starting} onClick={() => void start()} />
      </div>
      {problem === null ? null : (
        <Banner tone="bad" icon="warn" title={t(`addProfile.${kind}.problem.${problem}`)}>
          {t(`addProfile.capture.problem.${problem}`)}
        </Banner>
      )}
    </div>
  );
}

function Looking(props: {
  readonly kind: CaptureKind;
  readonly stream: MediaStream;
  readonly onFound: (code: ActivationCode) => void;
  readonly onStop: () => void;
}): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const { kind, stream, onFound } = props;
  const video = useRef<HTMLVideoElement>(null);
  const [other, setOther] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    const element = video.current;
    if (element === null) return undefined;
    element.srcObject = stream;
    const stopped = new AbortController();
    const look = async (): Promise<void> => {
      while (!stopped.signal.aborted) {
        try {
          const base64 = await readFrame(element);
          if (base64 !== null) {
            const code = await desk.client.profiles.readPicture({ base64 }, { signal: stopped.signal });
            if (!stopped.signal.aborted) onFound(code);
            return;
          }
        } catch (error) {
          if (stopped.signal.aborted) return;
          const seen = failureOf(error);
          setOther(seen.code === 'ACTIVATION_CODE_INVALID');
          if (seen.code !== 'QR_CODE_NOT_FOUND' && seen.code !== 'ACTIVATION_CODE_INVALID') return setFailure(seen);
        }
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    };
    void look();
    return () => stopped.abort();
  }, [desk, stream, onFound]);
  return (
    <div className="stack s3">
      <video ref={video} className="viewfinder" autoPlay muted playsInline aria-label={t(`addProfile.${kind}.preview`)} />
      <div className="row between">
        <span className="row s2" role="status">
          <Icon name={other ? 'warn' : 'refresh'} className={other ? 's warning-text' : 's spin'} />
          {other ? t('addProfile.capture.other') : t(`addProfile.${kind}.looking`)}
        </span>
        <Button size="compact" label={t('addProfile.capture.stop')} onClick={props.onStop} />
      </div>
      <FailureNote failure={failure} />
    </div>
  );
}

function open(kind: CaptureKind): Promise<MediaStream> {
  // A page that is not served securely has no devices at all, whatever the types say.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices === undefined) return Promise.reject(new DOMException('There are no media devices.', 'NotSupportedError'));
  return kind === 'screen'
    ? devices.getDisplayMedia({ video: true, audio: false })
    : devices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } }, audio: false });
}

function stop(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/** The names are those of the Media Capture specification. */
function problemOf(error: unknown): Problem {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'unsupported';
  }
}
