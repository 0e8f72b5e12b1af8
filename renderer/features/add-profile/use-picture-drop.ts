import { useEffect, useRef, useState } from 'react';

export type Dropped = { readonly file: Blob } | { readonly text: string };

/**
 * Takes what is dropped on the window or pasted into it while the screen is shown: a picture from anywhere, a text where no field has the
 * focus.
 * @returns whether something is being dragged over the window
 */
export function usePictureDrop(onDrop: (dropped: Dropped) => void): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(onDrop);
  useEffect(() => {
    latest.current = onDrop;
  });
  useEffect(() => {
    const take = (data: DataTransfer | null, event: Event): void => {
      const file = [...(data?.files ?? [])].find(({ type }) => type.startsWith('image/'));
      const text = data?.getData('text/plain').trim() ?? '';
      if (file === undefined && (text === '' || isField(event.target))) return;
      event.preventDefault();
      latest.current(file === undefined ? { text } : { file });
    };
    const paste = (event: ClipboardEvent): void => take(event.clipboardData, event);
    const drag = (event: DragEvent): void => {
      // Without this the window would leave for the file.
      if (!isField(event.target) || event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      setOver(false);
      if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
      take(event.dataTransfer, event);
    };
    window.addEventListener('paste', paste);
    window.addEventListener('dragover', drag);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('paste', paste);
      window.removeEventListener('dragover', drag);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);
  return over;
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && ['INPUT', 'TEXTAREA'].includes(target.tagName);
}
