import { Tabs } from '@base-ui/react/tabs';
import { useCallback, useState, type ReactNode } from 'react';
import type { ActivationCode } from '#contract/desk/devices.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Icon, type IconName } from '#renderer/ui/icon.tsx';
import { CaptureWay } from './capture-way.tsx';
import type { Chip } from './chips.ts';
import { DefaultWay } from './default-way.tsx';
import { DiscoveryWay } from './discovery-way.tsx';
import { ManualWay } from './manual-way.tsx';
import type { Offer } from './offer.ts';
import { readPictureFile } from './picture.ts';
import { PictureWay } from './picture-way.tsx';
import { TextWay } from './text-way.tsx';
import { usePictureDrop } from './use-picture-drop.ts';

const ways = [
  ['text', 'edit'],
  ['picture', 'qr'],
  ['screen', 'laptop'],
  ['camera', 'camera'],
  ['discovery', 'network'],
  ['default', 'chip'],
  ['manual', 'settings'],
] as const satisfies readonly (readonly [string, IconName])[];
type Way = (typeof ways)[number][0];

/** The ways in which a profile can be named. Whatever is read from a picture becomes a text, so that there is one place to look at it. */
export function EntryCard(props: {
  readonly chip: Chip;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onOffer: (offer: Offer | null) => void;
}): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const { chip, text, onText, onOffer } = props;
  const [way, setWay] = useState<Way>('text');
  const [fromPicture, setFromPicture] = useState(false);
  const show = (next: Way): void => {
    onOffer(null);
    setWay(next);
  };
  const found = useCallback(
    (code: ActivationCode): void => {
      onOffer(null);
      onText(code.text);
      setFromPicture(true);
      setWay('text');
    },
    [onOffer, onText],
  );
  const read = useAction(async (file: Blob) => found(await desk.client.profiles.readPicture({ base64: await readPictureFile(file) })));
  const readFile = (file: Blob): void => {
    show('picture');
    void read.run(file);
  };
  const typed = (typedText: string): void => {
    setFromPicture(false);
    onText(typedText);
  };
  const over = usePictureDrop((dropped) => {
    if ('file' in dropped) return readFile(dropped.file);
    show('text');
    typed(dropped.text);
  });
  return (
    <section className="card scroll entry">
      <Tabs.Root
        className="ways"
        orientation="vertical"
        value={way}
        onValueChange={(value: unknown) => show(ways.find(([name]) => name === value)?.[0] ?? 'text')}
      >
        <Tabs.List className="way-list" aria-label={t('addProfile.ways.label')}>
          {ways.map(([name, icon]) => (
            <Tabs.Tab key={name} value={name} className="way" data-way={name}>
              <Icon name={icon} />
              <span>{t(`addProfile.ways.${name}`)}</span>
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="text" className="way-panel">
          <TextWay text={text} fromPicture={fromPicture} onText={typed} onOffer={onOffer} />
        </Tabs.Panel>
        <Tabs.Panel value="picture" className="way-panel">
          <PictureWay over={over} reading={read.running} failure={read.failure} onFile={readFile} />
        </Tabs.Panel>
        <Tabs.Panel value="screen" className="way-panel">
          <CaptureWay kind="screen" onFound={found} />
        </Tabs.Panel>
        <Tabs.Panel value="camera" className="way-panel">
          <CaptureWay kind="camera" onFound={found} />
        </Tabs.Panel>
        <Tabs.Panel value="discovery" className="way-panel">
          <DiscoveryWay chip={chip} onOffer={onOffer} />
        </Tabs.Panel>
        <Tabs.Panel value="default" className="way-panel">
          <DefaultWay chip={chip} onOffer={onOffer} />
        </Tabs.Panel>
        <Tabs.Panel value="manual" className="way-panel">
          <ManualWay onOffer={onOffer} />
        </Tabs.Panel>
      </Tabs.Root>
    </section>
  );
}
