import { useEffect, useState } from 'react';
import type { Picture } from '#contract/desk/devices.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { chipAddress, type Chip } from '#renderer/features/add-profile/chips.ts';

/** Pictures that were read, by EID and ICCID; null: the profile has none. They never change while a profile is on a chip. */
const read = new Map<string, Picture | null>();

/** The picture of a profile, read off the card once, when somebody looks at it and the card is free. Null until then, and where there is none. */
export function useProfileIcon(chip: Chip, iccid: string): Picture | null {
  const desk = useDesk();
  const { device, euicc } = chip;
  const key = `${euicc.eid} ${iccid}`;
  const free = device.busyTaskId === null && device.state === 'ready';
  const [, setRead] = useState('');
  const { deviceId, isdrAid } = chipAddress(chip);
  useEffect(() => {
    let left = false;
    const look = async (): Promise<void> => {
      if (!free || read.has(key)) return;
      try {
        const { icon } = await desk.client.profiles.icon({ deviceId, iccid, ...(isdrAid === undefined ? {} : { isdrAid }) });
        read.set(key, icon);
        if (!left) setRead(key);
      } catch {
        // A picture is decoration: where it cannot be read there is none, and the next look asks again.
      }
    };
    void look();
    return () => {
      left = true;
    };
  }, [desk, deviceId, isdrAid, iccid, key, free]);
  return read.get(key) ?? null;
}
