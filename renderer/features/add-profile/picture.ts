/** The formats that the application reads; others are drawn and handed over as PNG. */
const readableTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/bmp']);
/** What the contract takes: 8 MiB. */
const largestFile = 8 * 1024 * 1024;
/** A picture that is too large is drawn at most so wide and high; a QR code that fills a tenth of it is still read. */
const largestSide = 3000;

/**
 * A picture file as base64, for `profiles.readPicture`.
 * @throws DOMException where the file is no picture that this window can show
 */
export async function readPictureFile(file: Blob): Promise<string> {
  if (readableTypes.has(file.type) && file.size <= largestFile) return toBase64(file);
  const bitmap = await createImageBitmap(file);
  try {
    return await draw(bitmap, bitmap.width, bitmap.height);
  } finally {
    bitmap.close();
  }
}

/** What a video shows at this moment as base64; null before its first frame. */
export async function readFrame(video: HTMLVideoElement): Promise<string | null> {
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0) return null;
  return draw(video, video.videoWidth, video.videoHeight);
}

async function draw(source: CanvasImageSource, width: number, height: number): Promise<string> {
  const scale = Math.min(1, largestSide / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
  const context = canvas.getContext('2d');
  if (context === null) throw new DOMException('The window cannot draw.', 'InvalidStateError');
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  const exact = await canvas.convertToBlob({ type: 'image/png' });
  return toBase64(exact.size <= largestFile ? exact : await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 }));
}

function toBase64(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve(url.slice(url.indexOf(',') + 1));
    });
    reader.addEventListener('error', () => reject(reader.error ?? new DOMException('The file cannot be read.', 'NotReadableError')));
    reader.readAsDataURL(blob);
  });
}
